import { decideTake } from '../../domain/duty/take.ts';
import type { Caller } from '../ports.ts';
import { changeRun, type DutyDeps, type RunChanged } from './change.ts';

/** Says who does it: the caller, also in the place of somebody who had taken it. */
export function takeRun(deps: DutyDeps, caller: Caller, input: { readonly number: number }): Promise<RunChanged> {
  return changeRun(deps, caller, 'duty.work', input.number, (run, situation) => decideTake(run, situation));
}
