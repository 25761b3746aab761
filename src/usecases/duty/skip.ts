import { decideSkip } from '../../domain/duty/skip.ts';
import type { Caller } from '../ports.ts';
import { changeRun, type DutyDeps, type RunChanged } from './change.ts';

/** This occurrence will not be done, for a reason. */
export function skipRun(
  deps: DutyDeps,
  caller: Caller,
  input: { readonly number: number; readonly reason: string },
): Promise<RunChanged> {
  return changeRun(deps, caller, 'duty.skip', input.number, (run, situation) => decideSkip(run, input, situation));
}
