import { backupSubject } from '../domain/event.ts';
import { watchBackups } from '../usecases/backup/alarm.ts';
import type { BackupDeps } from '../usecases/backup/change.ts';
import { type MakeDeps, makeBackup } from '../usecases/backup/make.ts';
import { planBackups } from '../usecases/backup/plan.ts';
import { sweepBackups } from '../usecases/backup/sweep.ts';
import type { Leftovers } from '../usecases/backup-port.ts';
import type { JobHandler } from '../usecases/jobs-port.ts';
import type { Logger } from '../usecases/log.ts';
import type { Store } from '../usecases/ports.ts';
import type { Chore } from './chores.ts';

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

/** Backups are asked for when they fall due, and their owners woken when one failed or was not made. */
export function backupChores(deps: BackupDeps, log: Logger): readonly Chore[] {
  const plan = async () => {
    for (const { backup, number, joined, missed } of await planBackups(deps))
      log.info({ backup, run: backupSubject(number), joined, missed }, 'a backup is due');
  };
  const watch = async () => {
    for (const alarmed of await watchBackups(deps))
      log.warn(
        { ...alarmed, incident: alarmed.incident === null ? 'none' : `INC-${alarmed.incident}` },
        'a backup is not as it should be',
      );
  };
  return [
    { name: 'plan-backups', run: plan },
    { name: 'watch-backups', run: watch },
  ];
}

/** What a crash left is taken away, on each machine by its own instance. */
export function sweptBackups(store: Pick<Store, 'latestBackups'>, left: Leftovers, log: Logger): Chore {
  const sweep = async () => {
    for (const folder of await sweepBackups(store, left)) log.warn({ folder }, 'what an attempt left was taken away');
  };
  return { name: 'sweep-backups', run: sweep };
}
