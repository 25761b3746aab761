import { runSubject } from '../domain/event.ts';
import { makeAttempt } from '../usecases/duty/make-attempt.ts';
import type { AttemptDeps } from '../usecases/duty/perform.ts';
import type { JobHandler } from '../usecases/jobs-port.ts';
import type { Logger } from '../usecases/log.ts';

/** What automated duties do, one attempt a job. Its end is in the run's chain, so the job itself is always done. */
export function actions(deps: AttemptDeps, log: Logger): JobHandler<'actions'> {
  return async (job, over) => {
    if (over.aborted) return { kind: 'again', seconds: 0, reason: 'this process ends' };
    const outcome = await makeAttempt(deps, job, over);
    log.info({ run: runSubject(job.run), attempt: job.attempt, outcome }, 'an action was run');
    return { kind: 'done' };
  };
}
