import type { Delivery, MessageKey } from '../domain/delivery.ts';

/** A promise that is being kept. */
export interface TakenPromise {
  readonly id: string;
  readonly lane: string;
  readonly intent: Delivery;
  /** This attempt included. */
  readonly attempts: number;
  readonly promisedAt: Date;
  /** When an earlier attempt that may have reached Slack began; null when none may have. */
  readonly triedAt: Date | null;
  /** What earlier attempts came to: the channel they opened or posted in, the message they posted. */
  readonly channel: string | null;
  readonly ts: string | null;
}

/** A message of ours that is edited in place. */
export interface ShownMessage {
  readonly channel: string;
  readonly ts: string;
  /** The version of its subject that it shows. */
  readonly version: number;
}

/** How a promise ends. */
export interface PromiseEnd {
  readonly status: 'delivered' | 'undeliverable';
  readonly at: Date;
  /** Why it could not be kept, or what of it could not; a sentence. */
  readonly error: string | null;
  /** What is promised in the same transaction. */
  readonly next: readonly Delivery[];
}

/** The promises to Slack as those see them who keep them. */
export interface Promises {
  /** The lane's oldest promise that has not ended, marked as being tried from `at` on; null when the lane has none. */
  take(lane: string, at: Date): Promise<TakenPromise | null>;
  /** Remembers what an attempt came to, before its next step. With `shown` the message can be edited from now on. */
  reached(
    id: string,
    place: { readonly channel: string; readonly ts?: string },
    shown?: { readonly key: MessageKey; readonly version: number },
  ): Promise<void>;
  /** Leaves it for later. `untried`: no attempt so far can have reached Slack. */
  leave(id: string, reason: string, untried: boolean): Promise<void>;
  /** Ends it, unless it has ended. */
  end(id: string, end: PromiseEnd): Promise<void>;
  /** Has a promise of this lane ended undeliverable for this reason since then? */
  gaveUpSince(lane: string, error: string, since: Date): Promise<boolean>;
  shown(key: MessageKey): Promise<ShownMessage | null>;
  /** The message shows this version now; an older one than it shows already changes nothing. */
  showing(key: MessageKey, version: number): Promise<void>;
}
