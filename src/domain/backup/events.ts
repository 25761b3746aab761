import type { ErasureEvent } from '../event.ts';
import type { Milliseconds } from '../spec/duration.ts';
import type { CustodyEvent } from './custody.ts';
import type { DrillVerdict } from './ladder.ts';

/** What is backed up and how, as the spec had it when it was asked for. */
export interface BackupTerms {
  /** Key of the backup in the spec. */
  readonly backup: string;
  readonly title: string;
  /** Key of the target that is backed up. */
  readonly source: string;
  /** Key of the team that answers for it; null when the spec names none. */
  readonly owner: string | null;
  /** Where it is shown: a channel's name without "#", or its id. */
  readonly channel: string;
  /** Which planned time it is for (`Occurrence.key`); null for one that a person asked for. */
  readonly occurrence: string | null;
}

/** What is known of a backup that is whole: enough to hold its manifest against this log. */
export interface SealedBackup {
  /** The folder it lies in, below that of its key. */
  readonly id: string;
  /** Of everything in it, in bytes. */
  readonly bytes: number;
  /** Of `manifest.json`, hexadecimal. */
  readonly manifestSha256: string;
  /** When its snapshot was taken: what was written later is not in it. */
  readonly snapshotAt: string;
  readonly tables: number;
  readonly rows: number;
  /** How long it took. */
  readonly took: Milliseconds;
}

/** Everything that can happen to one backup. The subject is its chain `BK-n`. */
export type BackupEvent =
  | { kind: 'backup.requested'; number: number; terms: BackupTerms }
  /** `id` is the folder of this attempt. */
  | { kind: 'backup.began'; id: string }
  /** The process that made it is gone; nothing of what it had made is left. */
  | { kind: 'backup.interrupted' }
  | { kind: 'backup.sealed'; sealed: SealedBackup }
  /** An attempt came to nothing, and another one is made. */
  | { kind: 'backup.stumbled'; reason: string; again: Milliseconds }
  | { kind: 'backup.failed'; reason: string }
  /** It was restored to see whether it can be, and this was seen. */
  | { kind: 'backup.drilled'; drill: number; verdict: DrillVerdict }
  /** Somebody wants it to end. */
  | { kind: 'backup.cancelling' }
  | { kind: 'backup.cancelled' }
  | CustodyEvent
  | { kind: 'permission.refused'; verb: string; reason: string }
  | ErasureEvent;
