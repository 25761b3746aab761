import { drillSubject } from '../domain/event.ts';
import type { BackupDeps } from '../usecases/backup/change.ts';
import { type DrillDeps, performDrill } from '../usecases/backup/perform-drill.ts';
import { tickDrills } from '../usecases/backup/tick-drills.ts';
import type { JobHandler } from '../usecases/jobs-port.ts';
import type { Logger } from '../usecases/log.ts';
import type { Chore } from './chores.ts';

/** Makes drills, one a job, in a process that has an identity. What it came to is in the drill's chain. */
export function drills(deps: DrillDeps, log: Logger): JobHandler<'drills'> {
  return async (job, over) => {
    if (over.aborted) return { kind: 'again', seconds: 0, reason: 'this process ends' };
    const outcome = await performDrill(deps, job.drill, over);
    log.info({ drill: drillSubject(job.drill), outcome }, 'a backup was drilled');
    return outcome === 'interrupted' ? { kind: 'again', seconds: 0, reason: outcome } : { kind: 'done' };
  };
}

/** Opens planned drills, and says of those nobody makes that they could not be made. */
export function plannedDrills(deps: BackupDeps, log: Logger): Chore {
  return {
    name: 'drills',
    run: async (now) => {
      const { opened, givenUp } = await tickDrills(deps, now);
      for (const number of opened) log.info({ drill: drillSubject(number) }, 'a planned drill was opened');
      for (const number of givenUp)
        log.warn({ drill: drillSubject(number) }, 'a drill could not be made: nobody took it');
    },
  };
}
