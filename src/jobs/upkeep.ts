import type { KeepDeps } from '../usecases/backup/copy.ts';
import { doubtClock, dueUpkeep, keepUp, type UpkeepJob } from '../usecases/backup/upkeep.ts';
import type { JobHandler, JobSender } from '../usecases/jobs-port.ts';
import type { Logger } from '../usecases/log.ts';
import type { Chore } from './chores.ts';

/** Sends what is due about backups that were made, each once however often it is seen to be due. */
export function upkeepDue(deps: KeepDeps, sender: JobSender): Chore {
  return {
    name: 'backup-upkeep',
    run: async () => {
      for (const { key } of await dueUpkeep(deps)) await sender.sendOnce('upkeep', key);
    },
  };
}

/** Copies backups elsewhere, reads those that are kept, and has those go that had their time. */
export function upkeep(deps: KeepDeps, log: Logger): JobHandler<'upkeep'> {
  return async ({ key }, over) => {
    if (over.aborted) return { kind: 'again', seconds: 0, reason: 'this process ends' };
    const job = jobOf(key);
    const outcome = await keepUp(deps, job, over);
    log.info({ ...job, outcome }, 'backups were kept');
    return { kind: 'done' };
  };
}

function jobOf(key: string): UpkeepJob {
  const [kind, of = ''] = key.split(':');
  return kind === 'copy' ? { kind, number: Number(of) } : { kind: 'look', backup: of };
}

/**
 * Watches this process's clock against one that nobody sets: when they part, no backup is deleted by its age any more.
 *
 * @param elapsed milliseconds of a clock that only goes forward
 */
export function watchClock(deps: KeepDeps, elapsed: () => number): Chore {
  let last: { readonly at: Date; readonly elapsed: number } | null = null;
  return {
    name: 'watch-clock',
    run: async (now) => {
      const before = last;
      last = { at: now, elapsed: elapsed() };
      if (before === null) return;
      await doubtClock(deps, { now, lastSeenAt: before.at, passed: last.elapsed - before.elapsed });
    },
  };
}
