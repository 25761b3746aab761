import type { KnownBlock } from '@slack/types';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import type { WindowEntry } from '../src/domain/window/recurring.ts';
import type { MaintenanceWindow } from '../src/domain/window/window.ts';
import { context, type Rendered, section } from './elements.ts';
import { bold } from './escape.ts';
import { windowButton } from './window-buttons.ts';
import { spanWords, windowLine } from './window-words.ts';

/** Windows with a button each on one screen, and lines without. */
const MOST_ROWS = 10;
const MOST_LINES = 6;

export interface Ahead {
  readonly open: readonly MaintenanceWindow[];
  readonly coming: readonly WindowEntry[];
}

/** What is under way and planned, and what comes by the spec. */
export function windowList({ open, coming }: Ahead, spec: OperationsSpec): Rendered {
  const head =
    open.length === 0
      ? ':white_check_mark: No maintenance is planned. `/maintenance plan` plans some.'
      : `*Maintenance windows*, ${open.length} under way or planned`;
  return {
    text: head,
    blocks: [section(head), ...windowRows(open, MOST_ROWS, spec), ...comingWindows(coming, MOST_LINES)],
  };
}

/** All there were, the latest first. */
export function allWindows(windows: readonly MaintenanceWindow[], spec: OperationsSpec): Rendered {
  const head =
    windows.length === 0 ? 'There was no maintenance window yet.' : '*Maintenance windows*, the latest first';
  return { text: head, blocks: [section(head), ...windowRows(windows, MOST_ROWS * 2, spec)] };
}

/** Each window with the button that shows it. */
export function windowRows(windows: readonly MaintenanceWindow[], most: number, spec: OperationsSpec): KnownBlock[] {
  const left = windows.length - most;
  return [
    ...windows.slice(0, most).map((window) => ({
      ...section(windowLine(window, spec)),
      accessory: windowButton('window.info', window.number),
    })),
    ...(left > 0 ? [context(`and ${left} more: \`/maintenance list\``)] : []),
  ];
}

/** What comes by the spec and is no window yet. */
export function comingWindows(coming: readonly WindowEntry[], most: number): KnownBlock[] {
  if (coming.length === 0) return [];
  const lines = coming.slice(0, most).map(({ window, occurrence, endsAt }) => {
    const span = { startsAt: occurrence.at.toISOString(), endsAt: endsAt.toISOString() };
    return `${bold(window.title, 120)}  ·  ${spanWords(span)}`;
  });
  const left = coming.length - lines.length;
  return [
    context('Coming by the operations spec'),
    section(lines.join('\n')),
    ...(left > 0 ? [context(`and ${left} more in the next two weeks`)] : []),
  ];
}
