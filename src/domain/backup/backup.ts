import type { Actor } from '../actor.ts';
import type { Custody } from './custody.ts';
import type { BackupTerms, SealedBackup } from './events.ts';

export const OPEN_BACKUP_STATUSES = ['requested', 'running', 'cancelling'] as const;
/** Whoever asks for one while one is like this gets that one. */
export const AWAITED_BACKUP_STATUSES: readonly BackupStatus[] = ['requested', 'running'];
const BACKUP_STATUSES = [...OPEN_BACKUP_STATUSES, 'sealed', 'failed', 'cancelled', 'expiring', 'expired'] as const;
export type BackupStatus = (typeof BACKUP_STATUSES)[number];

/** One backup from when it was asked for, as the fold of its events. Plain JSON, so a row equals its fold exactly. */
export interface BackupRun extends BackupTerms {
  readonly number: number;
  /** Sequence of the last event applied. */
  readonly version: number;
  readonly status: BackupStatus;
  readonly requested: { readonly at: string; readonly by: Actor };
  /** The folder of the attempt that runs, or ran last; null before the first. */
  readonly id: string | null;
  readonly beganAt: string | null;
  /** How often it was begun: more than once when the process that made it was gone. */
  readonly attempts: number;
  /** How often one of them came to nothing though the process went on. */
  readonly failures: number;
  readonly endedAt: string | null;
  readonly cancelledBy: Actor | null;
  /** Why it failed, or why the last attempt did. */
  readonly reason: string | null;
  readonly sealed: SealedBackup | null;
  /** The last drill of it that said something, good or bad; one that could not look changes nothing. */
  readonly proof: { readonly drill: number; readonly verdict: 'passed' | 'finding'; readonly at: string } | null;
  readonly custody: Custody;
}

export function isOpenBackup({ status }: Pick<BackupRun, 'status'>): boolean {
  return OPEN_BACKUP_STATUSES.some((open) => open === status);
}
