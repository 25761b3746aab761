import type { BackupRun } from '../../domain/backup/backup.ts';
import { OPEN_BACKUP_STATUSES } from '../../domain/backup/backup.ts';
import type { BackupRefusal } from '../../domain/backup/decision.ts';
import { unknownBackup } from '../../domain/backup/decision.ts';
import type { BackupEvent } from '../../domain/backup/events.ts';
import { keepingOf } from '../../domain/backup/keeping.ts';
import { type KeptGlance, keptAt, withKept } from '../../domain/backup/kept.ts';
import type { BackupProgress } from '../../domain/backup/progress.ts';
import { type BackupGlance, glanceAt } from '../../domain/backup/status.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { Backup } from '../../domain/spec/backup.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import type { BackupDeps } from './change.ts';
import { MOST_KEPT } from './look.ts';

/** Sizes to see a trend by. */
const TREND = 8;

/** Every backup of the spec as it is now, the worst first. */
export async function backupGlances({ store, spec, clock }: BackupDeps): Promise<BackupGlance[]> {
  const operations = spec.current();
  const keys = operations.backups.map(({ key }) => key);
  const [sealed, ended, open, drills] = await Promise.all([
    store.latestBackups(keys, ['sealed'], TREND),
    store.latestBackups(keys, ['sealed', 'failed'], 1),
    store.latestBackups(keys, OPEN_BACKUP_STATUSES, 1),
    store.lastDrills(keys),
  ]);
  const of = (runs: readonly BackupRun[], key: string) => runs.filter(({ backup }) => backup === key);
  const kept = new Map(
    await Promise.all(
      operations.backups.map(async (backup) => [backup.key, await keptOf(store, backup, operations)] as const),
    ),
  );
  return operations.backups
    .map((backup) => {
      const glance = glanceAt(
        backup,
        {
          sealed: of(sealed, backup.key),
          ended: of(ended, backup.key)[0] ?? null,
          open: of(open, backup.key)[0] ?? null,
          drill: drills.find((drill) => drill.backup === backup.key) ?? null,
        },
        { spec: operations, now: clock.now() },
      );
      const how = kept.get(backup.key);
      return how === undefined ? glance : withKept(glance, how);
    })
    .sort((a, b) => b.badness - a.badness);
}

async function keptOf(store: BackupDeps['store'], backup: Backup, spec: OperationsSpec): Promise<KeptGlance> {
  const [runs, latest, looks] = await Promise.all([
    store.backups({ backup: backup.key, statuses: ['sealed'] }, MOST_KEPT),
    store.latestKeeping(backup.key),
    store.verifications(backup.key, TREND),
  ]);
  const earlier = looks.flatMap(({ body }) => (body?.kind === 'keeping.verified' ? [body] : []));
  return keptAt(runs, backup, { spec, keeping: keepingOf(latest), earlier });
}

/** Backups that were asked for, the latest first; of one key of the spec, or of all. */
export function listBackups(
  { store }: Pick<BackupDeps, 'store'>,
  key: string | null,
  limit: number,
): Promise<BackupRun[]> {
  return store.backups(key === null ? {} : { backup: key }, limit);
}

export interface BackupShown {
  readonly backup: BackupRun;
  readonly progress: BackupProgress | null;
  readonly events: readonly StoredEvent<BackupEvent>[];
}

/** One backup as it is now, with what happened to it. */
export async function showBackup(
  { store }: Pick<BackupDeps, 'store'>,
  number: number,
): Promise<Outcome<BackupShown, BackupRefusal>> {
  const backup = await store.backup(number);
  if (backup === null) return unknownBackup(number);
  const events: StoredEvent<BackupEvent>[] = [];
  for await (const event of store.backupEvents(number)) events.push(event);
  return done({ backup, progress: await store.backupProgress(number), events });
}
