import { type WindowEntry, windowsWithin } from '../../domain/window/recurring.ts';
import { type MaintenanceWindow, OPEN_WINDOW_STATUSES, type WindowStatus } from '../../domain/window/window.ts';
import type { WindowDeps } from './change.ts';

/** More than anybody reads; the list says so when it was cut. */
const MOST = 200;
const DAY = 86_400_000;
/** How far ahead occurrences of the spec are shown that are no windows yet, in days. */
const COMING = 14;

/** What is planned and under way, and what comes of the spec's recurring windows. */
export interface WindowsAhead {
  /** The first to begin first. */
  readonly open: readonly MaintenanceWindow[];
  /** Of the next days, what is no window yet. */
  readonly coming: readonly WindowEntry[];
}

/** Windows of any status, the latest first, or of these; for pickers and lists. */
export function listWindows(
  deps: Pick<WindowDeps, 'store'>,
  statuses?: readonly WindowStatus[],
): Promise<MaintenanceWindow[]> {
  return deps.store.windows(statuses === undefined ? {} : { statuses }, 'latest', MOST);
}

/** What is under way and what comes. */
export async function windowsAhead(deps: WindowDeps): Promise<WindowsAhead> {
  const now = deps.clock.now();
  const open = await deps.store.windows({ statuses: OPEN_WINDOW_STATUSES }, 'soonest', MOST);
  const known = await deps.store.windows({ from: now }, 'soonest', MOST);
  const isKnown = ({ window: { key }, occurrence }: WindowEntry) =>
    known.some((window) => window.window === key && window.occurrence === occurrence.key);
  const to = new Date(now.getTime() + COMING * DAY);
  const coming = windowsWithin(deps.spec.current(), { from: now, to }).filter(
    (entry) => entry.occurrence.at > now && !isKnown(entry),
  );
  return { open, coming };
}
