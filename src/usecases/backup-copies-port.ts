import type { CopyFound } from '../domain/backup/canary.ts';
import type { StorePlace } from '../domain/backup/place.ts';

/** What is known of a copy that is whole. */
export interface CopyMade {
  readonly bytes: number;
  /** Until then nobody takes it away; null where the store locks nothing. */
  readonly lockedUntil: Date | null;
}

/** What lies in a store, of the backups it was asked about. */
interface StoreSurvey {
  readonly bytes: number;
  /** Uploads that nobody finished and that were ended; null where the store cannot say which there are. */
  readonly swept: number | null;
}

/** Where a copy is to be made from and how long it stays. */
interface CopyOrder {
  /** The folder that backups are sealed in. */
  readonly root: string;
  readonly backup: string;
  readonly id: string;
  readonly keepUntil: Date | null;
}

/**
 * Copies of backups in a second place, and those here: what reads and sends their bytes is not the process that answers
 * people. Every call ends within a bounded time after the store does.
 */
export interface BackupCopies {
  /** @throws CopyFailed; what `stop` was given as its reason */
  copy(to: StorePlace, order: CopyOrder, stop: AbortSignal): Promise<CopyMade>;
  /** Reads each to its last byte, in order. @throws CopyFailed when reading itself failed */
  read(place: StorePlace, backup: string, ids: readonly string[], stop: AbortSignal): Promise<readonly CopyFound[]>;
  /** Its manifest first: half a removal leaves no backup. @throws CopyFailed */
  remove(place: StorePlace, backup: string, id: string): Promise<void>;
  /** @param sweepBefore uploads begun before then that nobody finished are ended @throws CopyFailed */
  survey(place: StorePlace, backups: readonly string[], sweepBefore: Date): Promise<StoreSurvey>;
}

/** It was not done, and this is why. */
export class CopyFailed extends Error {
  override readonly name = 'CopyFailed';
}
