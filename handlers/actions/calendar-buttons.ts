import { MINE, RELINK_BUTTON, relinkedAnswer, SUBSCRIBE_BUTTON } from '../../blocks/calendar-links.ts';
import { answerOf, refusalAnswer } from '../answers.ts';
import type { Action } from '../registry.ts';
import { subscribeAnswer } from '../subscribe.ts';

/** The value of our own button is a team's key, or `MINE`. */
const subscribe: Action = {
  id: SUBSCRIBE_BUTTON,
  permission: null,
  async run({ user, value, channel }, deps) {
    // In App Home, which is in no channel, what is answered is shown in a modal.
    const inModal = channel === null;
    if (value === MINE) return subscribeAnswer(deps, user, null, inModal);
    // The spec may have changed since the button was drawn.
    if (!Object.hasOwn(deps.spec.current().teams, value)) {
      return refusalAnswer(`The operations spec has no team "${value}" any more.`);
    }
    return subscribeAnswer(deps, user, value, inModal);
  },
};

const relink: Action = {
  id: RELINK_BUTTON,
  permission: 'duty.relink',
  run: async ({ caller, value }, { verbs, spec }) =>
    answerOf(await verbs.relinkCalendar(caller, { team: value }), relinkedAnswer(spec.current())),
};

/** What is done to the links of calendars. */
export const calendarButtons: readonly Action[] = [subscribe, relink];
