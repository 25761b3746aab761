import type { KnownBlock } from '@slack/types';
import { type CheckView, worstFirst } from '../src/domain/health/view.ts';
import { checkButton } from './check-buttons.ts';
import { checkLine } from './check-words.ts';
import { context, header, section } from './elements.ts';

/** Rows with a button: App Home has other things to say. */
const MOST = 4;

/** Today's checks at a glance: what is not well, and one line for what is. Nothing where the spec has no checks. */
export function checksGlance(views: readonly CheckView[]): KnownBlock[] {
  const asked = views.filter(({ notConnected }) => notConnected === null);
  if (views.length === 0) return [];
  const well = asked.filter(({ state }) => state.status === 'ok');
  const other = worstFirst(asked.filter(({ state }) => state.status !== 'ok'));
  const absent = views.length - asked.length;
  const rest = [
    ...(well.length === 0 ? [] : [`:large_green_circle: ${well.length} of ${asked.length} well`]),
    ...(other.length > MOST ? [`${other.length - MOST} more that are not`] : []),
    ...(absent === 0 ? [] : [`${absent} not connected`]),
    '`/health` asks all now',
  ];
  return [
    header("Today's checks"),
    ...other
      .slice(0, MOST)
      .map((view) => ({ ...section(checkLine(view)), accessory: checkButton('check.show', view.check.key) })),
    context(rest.join('  ·  ')),
  ];
}
