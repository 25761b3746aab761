import type { BackupRun, BackupStatus } from '../src/domain/backup/backup.ts';
import type { BackupProgress } from '../src/domain/backup/progress.ts';
import { isOfNow, paceOf } from '../src/domain/backup/progress.ts';
import { backupSubject, drillSubject } from '../src/domain/event.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import { sizeWords } from '../src/domain/text/size-words.ts';
import { bold, mrkdwnLine } from './escape.ts';
import { actorName, when } from './words.ts';

const EMOJI: Record<BackupStatus, string> = {
  requested: ':hourglass_flowing_sand:',
  running: ':arrows_counterclockwise:',
  cancelling: ':hourglass_flowing_sand:',
  sealed: ':lock:',
  failed: ':x:',
  cancelled: ':no_entry_sign:',
  expiring: ':wastebasket:',
  expired: ':wastebasket:',
};

/** Longest stretch of what a program said. */
const WORDS = 600;
const MINUTE = 60_000;

export function backupEmoji({ status }: Pick<BackupRun, 'status'>): string {
  return EMOJI[status];
}

/** `BK-1 Orders, daily`, the title in bold. */
export function backupName({ number, title }: Pick<BackupRun, 'number' | 'title'>): string {
  return `${backupSubject(number)} ${bold(title, 150)}`;
}

/** How it stands, in a sentence. */
export function backupState(run: BackupRun, progress: BackupProgress | null): string {
  const { status, requested, endedAt, sealed, attempts, reason, cancelledBy } = run;
  switch (status) {
    case 'requested':
      if (attempts > 0) return `Waits to be made again: ${reasonWords(reason ?? 'Mainstay ended in the middle of it')}`;
      return `Asked for by ${actorName(requested.by)}, ${when(requested.at)}; waits for its turn`;
    case 'running':
      return `Is being made${progressWords(run, progress)}`;
    case 'cancelling':
      return `Is being cancelled by ${cancelledBy === null ? 'somebody' : actorName(cancelledBy)}`;
    case 'sealed':
      return sealed === null
        ? 'Sealed'
        : `Sealed ${when(endedAt ?? sealed.snapshotAt)}: ${sealedWords(sealed)}${proofWords(run)}`;
    case 'failed':
      return `Failed ${when(endedAt ?? requested.at)}: ${reasonWords(reason ?? 'nobody knows why')}`;
    case 'expiring':
      return 'Had its time, and is taken away';
    case 'expired':
      return 'Had its time: nothing of it is left';
    case 'cancelled':
      return `Cancelled by ${cancelledBy === null ? 'somebody' : actorName(cancelledBy)}; nothing of it is left`;
  }
}

function sealedWords({ bytes, tables, rows, took }: NonNullable<BackupRun['sealed']>): string {
  const count = `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'} of ${tables} ${tables === 1 ? 'table' : 'tables'}`;
  return `${count}, ${sizeWords(bytes)}, in ${tookWords(took)}`;
}

function proofWords({ proof }: BackupRun): string {
  if (proof === null) return '';
  const how = proof.verdict === 'passed' ? 'proven by restoring it' : '*could not be restored as it was*';
  return `; ${how}, ${drillSubject(proof.drill)}, ${when(proof.at)}`;
}

function tookWords(ms: number): string {
  return ms < MINUTE ? `${Math.max(1, Math.round(ms / 1000))} s` : durationWords(ms);
}

function progressWords(run: BackupRun, progress: BackupProgress | null): string {
  if (!isOfNow(run, progress)) return run.beganAt === null ? '' : `, since ${when(run.beganAt)}`;
  const { bytes, rate, share, remaining } = paceOf(run, progress);
  const parts = [
    `${sizeWords(bytes)} written`,
    ...(rate === null ? [] : [`${sizeWords(rate)} a second`]),
    ...(share === null ? [] : [`${Math.floor(share * 100)} % of what the last one had`]),
    ...(remaining === null ? [] : [`about ${tookWords(remaining)} left`]),
  ];
  return `: ${parts.join('  ·  ')}`;
}

/** Why something failed: words of programs, escaped and on one line. */
export function reasonWords(reason: string): string {
  return mrkdwnLine(reason, WORDS);
}
