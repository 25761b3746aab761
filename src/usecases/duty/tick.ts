import { decideTick } from '../../domain/duty/tick.ts';
import type { Caller } from '../ports.ts';
import { changeRun, type DutyDeps, type RunChanged } from './change.ts';

/** Ticks the steps of the checklist: exactly these are ticked from now on. */
export function tickRun(
  deps: DutyDeps,
  caller: Caller,
  input: { readonly number: number /** Positions, from 0. */; readonly items: readonly number[] },
): Promise<RunChanged> {
  return changeRun(deps, caller, 'duty.work', input.number, (run, situation) => decideTick(run, input, situation));
}
