import { decideApprove } from '../../domain/duty/approve.ts';
import type { Caller } from '../ports.ts';
import { changeRun, type DutyDeps, type RunChanged } from './change.ts';

/** Agrees to what the preview with this number says, and has it run. Whom the duty's `approval` names may do that. */
export function approveRun(
  deps: DutyDeps,
  caller: Caller,
  input: { readonly number: number; readonly attempt: number },
): Promise<RunChanged> {
  return changeRun(deps, caller, 'duty.approve', input.number, (run, situation) =>
    decideApprove(run, input, situation),
  );
}
