import type { DrillEvent, DrillRun } from '../domain/backup/drill.ts';
import type { DrillResult, RungName } from '../domain/backup/ladder.ts';
import type { StoredEvent } from '../domain/event.ts';

/** The drills, as those see them who only look. Throws DatabaseUnavailable as the store does. */
export interface DrillReads {
  drill(number: number): Promise<DrillRun | null>;
  /** The latest first; of one key of the spec, or of all. */
  drills(filter: { readonly backup?: string }, limit: number): Promise<DrillRun[]>;
  /** Of each of these keys the last that is over. */
  lastDrills(keys: readonly string[]): Promise<DrillRun[]>;
  /** Those that are not over. */
  openDrills(): Promise<DrillRun[]>;
  /** What happened to a drill, in order, streamed. */
  drillEvents(number: number): AsyncIterable<StoredEvent<DrillEvent>>;
}

/** What a transaction knows of drills. */
export interface DrillTx {
  /** The drill, with its chain locked until the transaction ends; null if there is none. */
  drill(number: number): Promise<DrillRun | null>;
  /** The one of this key that is not over, with its chain locked. Whoever else asks for one of this key waits until this transaction ends. */
  openDrill(key: string): Promise<DrillRun | null>;
  /** Whether one was planned for this time already. */
  plannedDrill(key: string, occurrence: string): Promise<boolean>;
  nextDrillNumber(): Promise<number>;
}

/** What a drill came to: it was made, or there was nothing it could be made of. */
type Drilled =
  | { readonly kind: 'ended'; readonly result: DrillResult }
  | { readonly kind: 'not-made'; readonly lack: 'backup-not-found' | 'copy-not-fetched'; readonly what: string };

/** Whoever restores a backup to see whether it can be: a process that has an identity. */
export interface Driller {
  /** @throws the reason of `stop` */
  drill(drill: DrillRun, stop: AbortSignal, onRung: (rung: RungName) => void): Promise<Drilled>;
}
