import { pageSubject } from '../domain/event.ts';
import type { HealthDeps } from '../usecases/health/deps.ts';
import type { JobHandler } from '../usecases/jobs-port.ts';
import type { Logger } from '../usecases/log.ts';
import { followPages } from '../usecases/page/follow.ts';
import { endPagesOfChecks } from '../usecases/page/for-checks.ts';
import { type AttemptDeps, makeAttempt } from '../usecases/page/make-attempt.ts';
import type { Chore } from './chores.ts';

/** How long is waited after each attempt that failed, in seconds; after the last it is given up. */
const PAGE_PACE: readonly number[] = [1, 4, 10, 20];

/** Pages are followed each minute; the log says of each who was called, or why nobody was. */
export function pages(deps: HealthDeps, log: Logger): Chore {
  const follow = async () => {
    for (const page of await endPagesOfChecks(deps)) log.info({ page }, 'its checks wake nobody any more');
    for (const { page, reason } of await followPages(deps)) log.info({ page, reason }, 'followed');
  };
  return { name: 'follow-pages', run: follow };
}

/**
 * What is sent of pages by e-mail and to webhooks, one attempt a job. How often it was tried is known to this process alone: after a
 * crash it is counted anew.
 *
 * @param pace see `PAGE_PACE`
 */
export function sendPages(deps: AttemptDeps, log: Logger, pace: readonly number[] = PAGE_PACE): JobHandler<'pages'> {
  const tries = new Map<string, number>();
  return async (job, over) => {
    if (over.aborted) return { kind: 'again', seconds: 0, reason: 'this process ends' };
    const key = `${pageSubject(job.page)}/${job.attempt}`;
    const tried = tries.get(key) ?? 0;
    const wait = pace[tried];
    const made = await makeAttempt(deps, job, wait === undefined, over);
    if (made.outcome === 'later' && wait !== undefined) {
      tries.set(key, tried + 1);
      log.warn({ attempt: key, tried: tried + 1 }, `a page was not sent: ${made.detail}`);
      return { kind: 'again', seconds: wait, reason: made.detail };
    }
    tries.delete(key);
    log.info({ attempt: key, outcome: made.outcome }, 'a page was sent');
    return { kind: 'done' };
  };
}
