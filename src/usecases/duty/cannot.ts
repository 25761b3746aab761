import { decideCannot } from '../../domain/duty/cannot.ts';
import type { Caller } from '../ports.ts';
import { changeRun, type DutyDeps, type RunChanged } from './change.ts';

/** Whoever was asked cannot do it: the next contact is told, and anybody may take it. */
export function cannotRun(
  deps: DutyDeps,
  caller: Caller,
  input: { readonly number: number; readonly reason: string },
): Promise<RunChanged> {
  return changeRun(deps, caller, 'duty.work', input.number, (run, situation) => decideCannot(run, input, situation));
}
