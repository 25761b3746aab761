import { closeAnswer, pinAnswer } from '../../blocks/incident-answers.ts';
import { INCIDENT_PICKER, type PickVerb, readIncidentPicker } from '../../blocks/incident-picker.ts';
import type { PermissionVerb } from '../../src/domain/permissions.ts';
import type { Caller } from '../../src/usecases/ports.ts';
import { answerOf, shownInModal } from '../answers.ts';
import { callerOf } from '../caller.ts';
import type { EdgeDeps } from '../deps.ts';
import { cardAnswer, draftAnswer, timelineAnswer } from '../look-at.ts';
import type { Answer, Submission } from '../registry.ts';

interface Picked {
  readonly caller: Caller;
  readonly user: string;
  readonly number: number;
  readonly carry: Readonly<Record<string, string>>;
}

interface Continuation {
  readonly permission: PermissionVerb | null;
  run(picked: Picked, deps: EdgeDeps): Promise<Answer>;
}

/** What goes on once the incident is chosen. */
const CONTINUE: Record<PickVerb, Continuation> = {
  show: { permission: null, run: ({ number }, deps) => cardAnswer(deps, number) },
  timeline: { permission: null, run: ({ number }, deps) => timelineAnswer(deps, number) },
  draft: {
    permission: 'postmortem.draft',
    run: ({ caller, number }, deps) => draftAnswer(deps, caller, number),
  },
  close: {
    permission: 'incident.close',
    run: async ({ caller, number }, { verbs }) => answerOf(await verbs.closeIncident(caller, { number }), closeAnswer),
  },
  pin: {
    permission: 'incident.update',
    async run({ caller, user, number, carry }, { verbs }) {
      const { channel, ts } = carry;
      if (channel === undefined || ts === undefined) throw new Error('the picker carries no message to pin');
      return answerOf(await verbs.pinMessage(caller, { number, channel, ts, by: user }), pinAnswer);
    },
  },
};

/** The incident was chosen: the very thing that was asked for goes on. */
export const incidentPicked: Submission = {
  id: INCIDENT_PICKER,
  // Which permission it takes is known once it is read.
  permission: null,
  async run({ caller: { requestKey }, user, view }, deps) {
    const { number, verb, carry } = readIncidentPicker(view);
    const { permission, run } = CONTINUE[verb];
    const caller = await callerOf(user, requestKey, permission, deps);
    return shownInModal(await run({ caller, user, number, carry }, deps));
  },
};
