import { mrkdwnLine } from '../../blocks/escape.ts';
import { EXPIRE_BUTTON } from '../../blocks/silence-list.ts';
import { answerOf } from '../answers.ts';
import type { Action } from '../registry.ts';

/** "Expire…" beside a silence of Alertmanager's. */
export const expireSilence: Action = {
  id: EXPIRE_BUTTON,
  permission: 'alert.silence',
  async run({ caller, value }, { verbs }) {
    const at = value.lastIndexOf(' ');
    const expired = await verbs.expireSilence(caller, { target: value.slice(0, at), id: value.slice(at + 1) });
    return answerOf(
      expired,
      ({ silence, of }) =>
        `:bell: The silence of ${mrkdwnLine(silence.createdBy, 80)} ${of === null ? 'has ended' : 'is being ended'}: ${mrkdwnLine(silence.comment, 300)}`,
    );
  },
};
