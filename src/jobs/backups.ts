import { backupSubject } from '../domain/event.ts';
import { type MakeDeps, makeBackup } from '../usecases/backup/make.ts';
import type { JobHandler } from '../usecases/jobs-port.ts';
import type { Logger } from '../usecases/log.ts';

/** Makes backups, one attempt a job. What it came to is in the backup's chain. */
export function backups(deps: MakeDeps, log: Logger): JobHandler<'backups'> {
  return async (job, over) => {
    if (over.aborted) return { kind: 'again', seconds: 0, reason: 'this process ends' };
    const report = await makeBackup(deps, job.backup, over);
    log.info({ backup: backupSubject(job.backup), outcome: report.outcome }, 'a backup was tried');
    if (!('again' in report)) return { kind: 'done' };
    return { kind: 'again', seconds: Math.ceil(report.again / 1000), reason: report.outcome };
  };
}
