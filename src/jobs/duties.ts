import { runSubject } from '../domain/event.ts';
import type { DutyDeps } from '../usecases/duty/change.ts';
import { followRuns } from '../usecases/duty/follow.ts';
import { planDuties } from '../usecases/duty/plan.ts';
import type { Logger } from '../usecases/log.ts';
import type { Chore } from './chores.ts';

/** Duties become runs, and runs are followed to their end; the log says of each what was done, or why nothing was. */
export function duties(deps: DutyDeps, log: Logger): readonly Chore[] {
  const plan = async () => {
    const { runs } = await planDuties(deps);
    for (const { number, duty, status } of runs) log.info({ run: runSubject(number), duty, status }, 'planned');
  };
  const follow = async () => {
    for (const { run, reasons } of await followRuns(deps)) log.info({ run, reasons }, 'followed');
  };
  return [
    { name: 'plan-duties', run: plan },
    { name: 'follow-duties', run: follow },
  ];
}
