import type { BackupRun } from '../src/domain/backup/backup.ts';
import { backupName } from './backup-words.ts';
import { bold, mrkdwnLine } from './escape.ts';
import { actorName, when } from './words.ts';

/** What whoever asked for one is told: only for them. The card shows it to everybody. */
export function backupRunAnswer({ backup, joined }: { readonly backup: BackupRun; readonly joined: boolean }): string {
  const { requested, channel } = backup;
  const where = `Its card in #${mrkdwnLine(channel, 80)} shows how far it is.`;
  if (!joined) return `:hourglass_flowing_sand: ${backupName(backup)} is being made. ${where}`;
  return `:hourglass_flowing_sand: ${backupName(backup)} is being made already, since ${when(requested.at)}, for ${actorName(requested.by)}: you get that one. ${where}`;
}

/** Whoever holds or releases one. */
export function backupHeldAnswer(backup: BackupRun): string {
  const { held } = backup.custody;
  if (held === null) return `:unlock: ${backupName(backup)} is kept as long as the others again.`;
  return `:pushpin: ${backupName(backup)} is held: it stays whatever its age, until somebody releases it.`;
}

/** Whoever agreed that old ones go. */
export function backupsAgreedAnswer({ key, title }: { readonly key: string; readonly title: string }): string {
  return `:wastebasket: Old backups of ${bold(title, 150)} go from now on by the rule you were shown. \`/backup hold BK-1\` keeps one; \`mainstay backup prune ${mrkdwnLine(key, 80)} --dry-run\` says why each stays or goes.`;
}

export function backupCancelledAnswer(backup: BackupRun): string {
  if (backup.status === 'sealed') return `${backupName(backup)} was made before it could be cancelled.`;
  return `:no_entry_sign: ${backupName(backup)} is cancelled; nothing of it is left in a moment.`;
}
