import type { Delivery } from '../domain/delivery.ts';

/** A promise to Slack that waits, is being tried again, or could not be kept. */
export interface QueuedPromise {
  /** The number in its reference, `D-12`. */
  readonly id: string;
  readonly intent: Delivery;
  readonly status: 'pending' | 'undeliverable';
  /** Attempts so far. */
  readonly attempts: number;
  readonly promisedAt: Date;
  /** Why the last attempt failed, as a sentence; null when none did. */
  readonly error: string | null;
}

/** The promises that are not kept yet, for the people who look after Mainstay. */
export interface PromiseQueue {
  /** How many there are of each. */
  counts(): Promise<Readonly<Record<QueuedPromise['status'], number>>>;
  /** Undeliverable ones first, newest first among those; then those that wait, oldest first. */
  unkept(limit: number): Promise<QueuedPromise[]>;
  /** Puts an undeliverable promise back at its place in its lane; false when there is no such undeliverable promise. */
  putBack(id: string): Promise<boolean>;
}
