import type { BackupRun, BackupStatus } from '../domain/backup/backup.ts';
import type { BackupEvent, SealedBackup } from '../domain/backup/events.ts';
import type { KeepingEvent } from '../domain/backup/keeping.ts';
import type { BackupPlan } from '../domain/backup/planning.ts';
import type { BackupProgress } from '../domain/backup/progress.ts';
import type { StoredEvent } from '../domain/event.ts';
import type { Backup } from '../domain/spec/backup.ts';
import type { Milliseconds } from '../domain/spec/duration.ts';

/** The backups, as those see them who only look. Throws DatabaseUnavailable as the store does. */
export interface BackupReads {
  backup(number: number): Promise<BackupRun | null>;
  /** How far it was when that was last said; null before. */
  backupProgress(number: number): Promise<BackupProgress | null>;
  /** The latest first; of one key of the spec, or of all. */
  backups(
    filter: { readonly backup?: string; readonly statuses?: readonly BackupStatus[] },
    limit: number,
  ): Promise<BackupRun[]>;
  /** Of each of these keys as many as `each`, the latest first. */
  latestBackups(keys: readonly string[], statuses: readonly BackupStatus[], each: number): Promise<BackupRun[]>;
  /** How far each is planned, without keeping anybody from planning. */
  backupPlans(): Promise<BackupPlan[]>;
  /** What was decided last about how one backup of the spec is kept: of each kind of event the latest. */
  latestKeeping(key: string): Promise<StoredEvent<KeepingEvent>[]>;
  /** What reading all copies of it showed, the latest first. */
  verifications(key: string, limit: number): Promise<StoredEvent<KeepingEvent>[]>;
  /** What happened to a backup, in order, streamed. */
  backupEvents(number: number): AsyncIterable<StoredEvent<BackupEvent>>;
}

/** What a transaction knows of backups. */
export interface BackupTx {
  /** The backup, with its chain locked until the transaction ends; null if there is none. */
  backup(number: number): Promise<BackupRun | null>;
  /** The one of this key that is waited for or being made, with its chain locked; not one that is being cancelled. Whoever else asks for one of this key waits until this transaction ends. */
  openBackup(key: string): Promise<BackupRun | null>;
  nextBackupNumber(): Promise<number>;
  /** How far it is planned; null for one that is new. Whoever asked for its open one holds it. */
  backupPlan(key: string): Promise<BackupPlan | null>;
}

/** One backup to be made. */
export interface BackupOrder {
  readonly backup: Backup;
  /** Of the run: BK-12. */
  readonly number: number;
  /** The folder it is made in. */
  readonly id: string;
  /** What the last one of this key had, in bytes; null for the first. */
  readonly lastBytes: number | null;
}

/** How making one went. `passing`: the same may succeed later. A reason holds no secret. */
export type Made =
  | { readonly ok: true; readonly sealed: SealedBackup }
  | { readonly ok: false; readonly reason: string; readonly passing: boolean };

/** Whoever makes backups. */
export interface BackupMaker {
  /**
   * Makes one. When `stop` is aborted it ends, and nothing of it is left.
   *
   * @throws the reason of `stop`
   */
  make(order: BackupOrder, stop: AbortSignal, onBytes: (bytes: number) => void): Promise<Made>;
  /** What an attempt left: a whole backup with what its files say, or null; then nothing is left. `took` is how long it took, as far as is known. */
  leftOf(run: Pick<BackupRun, 'backup' | 'number'>, id: string, took: Milliseconds): Promise<SealedBackup | null>;
  /** Takes away a whole one that is in nobody's log. */
  discard(backup: string, id: string): Promise<void>;
}

/** What attempts left on this machine. */
export interface Leftovers {
  /** Folders that are no backup: of those that are being made, too. */
  unfinished(): Promise<readonly { readonly backup: string; readonly id: string }[]>;
  /** Takes one away; false when it has become a backup meanwhile. */
  sweep(backup: string, id: string): Promise<boolean>;
}
