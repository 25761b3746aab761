import { decideWaive } from '../../domain/duty/waive.ts';
import type { Caller } from '../ports.ts';
import { changeRun, type DutyDeps, type RunChanged } from './change.ts';

/** Exempts from it, for a reason; the caller answers for that. Until `until` its further occurrences are waived too. */
export function waiveRun(
  deps: DutyDeps,
  caller: Caller,
  input: { readonly number: number; readonly reason: string; readonly until: Date | null },
): Promise<RunChanged> {
  return changeRun(deps, caller, 'duty.waive', input.number, (run, situation) => decideWaive(run, input, situation));
}
