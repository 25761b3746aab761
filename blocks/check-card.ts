import { isDown } from '../src/domain/health/state.ts';
import type { CheckView } from '../src/domain/health/view.ts';
import { formatDuration } from '../src/domain/spec/duration.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { checkButton, checkButtons } from './check-buttons.ts';
import { footOf } from './check-messages.ts';
import { checkEmoji, checkName, detailOf, muteOf, stateOf, windowOf } from './check-words.ts';
import { actions, context, type Rendered, section } from './elements.ts';
import { when } from './words.ts';

/** One check as it stands, with what can be done about it. */
export function checkCard(view: CheckView, spec: OperationsSpec): Rendered {
  const { check, pulse, notConnected } = view;
  const head = `${checkEmoji(view)} ${checkName(view)} is ${stateOf(view)}.`;
  const detail = detailOf(view);
  const quiet = [muteOf(view), windowOf(view)].filter((words) => words !== null);
  const asked = pulse.last === null ? 'not asked yet' : `last answer ${when(pulse.last.at)}`;
  const foot = footOf(view, spec);
  const buttons = isDown(view.state)
    ? checkButtons(check.key)
    : actions(checkButton('check.run', check.key), checkButton('check.mute', check.key));
  return {
    text: head,
    blocks: [
      section(detail === '' || notConnected !== null ? head : `${head}\n>${detail}`),
      ...(quiet.length === 0 ? [] : [context(...quiet)]),
      context([`asked every ${formatDuration(check.every)}`, asked, ...(foot === '' ? [] : [foot])].join('  ·  ')),
      ...(notConnected === null ? [buttons] : []),
    ],
  };
}
