import { pinAnswer } from '../../blocks/incident-answers.ts';
import { answerOf } from '../answers.ts';
import { pickForm } from '../look-at.ts';
import type { Shortcut } from '../registry.ts';
import { NOT_CLOSED, workOn } from '../work-on.ts';

/** "Add to timeline" on a message: what the pushpin does, also outside an incident's channel and in threads. */
export const addToTimeline: Shortcut = {
  id: 'add-to-timeline',
  type: 'message',
  name: 'Add to timeline',
  description: 'Puts this message on the timeline of an incident.',
  permission: 'incident.update',
  async run({ caller, user, message, openModal }, deps) {
    if (message === null) throw new Error('the shortcut came without its message');
    const { channel, ts } = message;
    return workOn(deps, {
      named: null,
      channel,
      candidates: NOT_CLOSED,
      act: async (number) =>
        answerOf(await deps.verbs.pinMessage(caller, { number, channel, ts, by: user }), pinAnswer),
      form: pickForm('pin', { channel, ts }),
      openModal,
    });
  },
};
