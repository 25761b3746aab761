import { decideDecline } from '../../domain/duty/approve.ts';
import type { Caller } from '../ports.ts';
import { changeRun, type DutyDeps, type RunChanged } from './change.ts';

/** Refuses what the preview says: nothing is run, and people see to it. */
export function declineRun(
  deps: DutyDeps,
  caller: Caller,
  input: { readonly number: number; readonly reason: string },
): Promise<RunChanged> {
  return changeRun(deps, caller, 'duty.approve', input.number, (run, situation) =>
    decideDecline(run, input, situation),
  );
}
