import { follow } from '../../domain/backup/apply.ts';
import type { BackupRun } from '../../domain/backup/backup.ts';
import type { BackupDecision, BackupRefusal } from '../../domain/backup/decision.ts';
import { backupSubject } from '../../domain/event.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Clock, SpecSource, Store, Tx, Write } from '../ports.ts';

/** What every verb of a backup works with. */
export interface BackupDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly spec: SpecSource;
}

export type BackupChanged = Outcome<BackupRun, BackupRefusal>;

/** What is written of a backup: its events, the state that follows from them, and what is said in Slack. */
export function backupWrite(before: BackupRun | null, number: number, { events, deliveries }: BackupDecision) {
  const subject = backupSubject(number);
  return {
    events: events.map((draft) => ({ subject, draft })),
    backups: [follow(before, number, events)] as const,
    deliveries,
  } satisfies Write;
}

/** Writes what was decided about a backup. Nothing when nothing was. */
export async function saveBackup(tx: Tx, backup: BackupRun, decision: BackupDecision): Promise<BackupRun> {
  if (decision.events.length === 0) return backup;
  const write = backupWrite(backup, backup.number, decision);
  await tx.save(write);
  return write.backups[0];
}
