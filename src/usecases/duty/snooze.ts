import { decideSnooze } from '../../domain/duty/snooze.ts';
import type { Caller } from '../ports.ts';
import { changeRun, type DutyDeps, type RunChanged } from './change.ts';

/** Reminds the caller of it again; when it is due, late and missed does not change. */
export function snoozeRun(
  deps: DutyDeps,
  caller: Caller,
  input: { readonly number: number; readonly until: Date },
): Promise<RunChanged> {
  return changeRun(deps, caller, 'duty.work', input.number, (run, situation) => decideSnooze(run, input, situation));
}
