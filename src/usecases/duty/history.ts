import type { DutyRun } from '../../domain/duty/run.ts';
import type { RunFilter } from '../run-port.ts';
import type { DutyDeps } from './change.ts';

/** More than anybody reads; the list says so when it was cut. */
const MOST = 200;

/** Runs that have ended, the last due first: of one duty, of some teams, or all. */
export function dutyHistory(
  deps: Pick<DutyDeps, 'store'>,
  filter: Pick<RunFilter, 'duty' | 'owners'> = {},
): Promise<DutyRun[]> {
  return deps.store.runs({ ...filter, which: 'ended' }, 'latest', MOST);
}
