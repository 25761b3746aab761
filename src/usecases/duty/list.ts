import type { DutyRun } from '../../domain/duty/run.ts';
import type { RunFilter } from '../run-port.ts';
import type { DutyDeps } from './change.ts';

/** More than anybody reads; the list says so when it was cut. */
const MOST = 200;

/** Runs that can still be done, the first due first. */
export function listOpenRuns(
  deps: Pick<DutyDeps, 'store'>,
  filter: Pick<RunFilter, 'duty' | 'owners' | 'takenBy'> = {},
): Promise<DutyRun[]> {
  return deps.store.runs({ ...filter, which: 'open' }, 'soonest', MOST);
}
