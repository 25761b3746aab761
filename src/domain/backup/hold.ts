import { backupSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import type { BackupRun } from './backup.ts';
import { type BackupDecided, type BackupSituation, backupEvent, showBackup } from './decision.ts';

/** Somebody wants it kept, whatever its age, until somebody releases it. */
export function decideHold(run: BackupRun, reason: string | null, situation: BackupSituation): BackupDecided {
  const refusal = notKept(run);
  if (refusal !== null) return refusal;
  if (run.custody.held !== null) return refused('already-held', `${backupSubject(run.number)} is held already.`);
  const events = [backupEvent(situation, { kind: 'backup.held', reason })];
  return done({ events, deliveries: [showBackup(run.number)] });
}

/** It is kept as long as the others again. */
export function decideRelease(run: BackupRun, reason: string | null, situation: BackupSituation): BackupDecided {
  const refusal = notKept(run);
  if (refusal !== null) return refusal;
  if (run.custody.held === null) return refused('not-held', `${backupSubject(run.number)} is not held.`);
  const events = [backupEvent(situation, { kind: 'backup.released', reason })];
  return done({ events, deliveries: [showBackup(run.number)] });
}

function notKept({ number, status }: BackupRun) {
  if (status === 'sealed') return null;
  const why = status === 'expired' || status === 'expiring' ? 'it had its time, and was taken away' : `it is ${status}`;
  return refused('not-kept', `${backupSubject(number)} is no backup that is kept: ${why}.`);
}
