import type { BackupRun } from '../src/domain/backup/backup.ts';
import { backupName } from './backup-words.ts';
import { mrkdwnLine } from './escape.ts';
import { actorName, when } from './words.ts';

/** What whoever asked for one is told: only for them. The card shows it to everybody. */
export function backupRunAnswer({ backup, joined }: { readonly backup: BackupRun; readonly joined: boolean }): string {
  const { requested, channel } = backup;
  const where = `Its card in #${mrkdwnLine(channel, 80)} shows how far it is.`;
  if (!joined) return `:hourglass_flowing_sand: ${backupName(backup)} is being made. ${where}`;
  return `:hourglass_flowing_sand: ${backupName(backup)} is being made already, since ${when(requested.at)}, for ${actorName(requested.by)}: you get that one. ${where}`;
}

export function backupCancelledAnswer(backup: BackupRun): string {
  if (backup.status === 'sealed') return `${backupName(backup)} was made before it could be cancelled.`;
  return `:no_entry_sign: ${backupName(backup)} is cancelled; nothing of it is left in a moment.`;
}
