import { decideStart } from '../../domain/duty/start.ts';
import type { Caller } from '../ports.ts';
import { changeRun, type DutyDeps, type RunChanged } from './change.ts';

/** Has Mainstay do a run now: one that failed again, or one that is not due yet. */
export function startRun(deps: DutyDeps, caller: Caller, input: { readonly number: number }): Promise<RunChanged> {
  return changeRun(deps, caller, 'duty.run', input.number, decideStart);
}
