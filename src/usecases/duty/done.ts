import { decideDone } from '../../domain/duty/done.ts';
import type { Evidence } from '../../domain/duty/events.ts';
import type { Caller } from '../ports.ts';
import { changeRun, type DutyDeps, type RunChanged } from './change.ts';

/** It is done. Evidence of an accepted kind is needed where the spec requires it. */
export function finishRun(
  deps: DutyDeps,
  caller: Caller,
  input: { readonly number: number; readonly evidence: readonly Evidence[] },
): Promise<RunChanged> {
  return changeRun(deps, caller, 'duty.work', input.number, (run, situation) => decideDone(run, input, situation));
}
