import type { LogRow } from '../domain/audit/check-chain.ts';
import type { StateRow } from '../domain/audit/check-state.ts';
import type { AnchoredHead, PublishedAnchor } from '../domain/audit/events.ts';
import type { StateId, StateKind } from '../domain/audit/states.ts';
import type { StoredEvent } from '../domain/event.ts';
import type { Tx } from './ports.ts';

/** A transaction over the log itself. */
export interface AuditTx extends Tx {
  /** Locks a chain until the transaction ends; the sequence of its last event, 0 for a chain that does not exist. */
  lock(subject: string): Promise<number>;
  event(subject: string, seq: number): Promise<StoredEvent | null>;
  events<Body extends { kind: string }>(subject: string): AsyncIterable<StoredEvent<Body>>;
  /** Where the chains end that moved since they were last anchored, sorted by subject; the chain of anchors is not among them. */
  movedHeads(): Promise<AnchoredHead[]>;
  markAnchored(heads: readonly AnchoredHead[]): Promise<void>;
  /**
   * Deletes what these events said, and every copy of it among settled deliveries, once the save of this transaction
   * has written the event that says why: the database refuses it otherwise.
   */
  removeBodies(subject: string, which: { readonly seq: number } | { readonly throughSeq: number }): void;
}

/** The log as it stood at one instant, whatever is written meanwhile. */
export interface LogSnapshot {
  /** Every event, chain by chain, in order; streamed. */
  rows(): AsyncIterable<LogRow>;
  /** Heads and bodies that belong to no event, and bodies that their chain says were erased. */
  strays(): Promise<
    { readonly what: 'head' | 'body' | 'returned-body'; readonly subject: string; readonly seq: number }[]
  >;
  /** The hashes the events at these places have now; null where there is no such event. */
  hashesAt(places: readonly { readonly subject: string; readonly seq: number }[]): Promise<(string | null)[]>;
  /** The state rows of these names, by name, as far as there are any. */
  states(kind: StateKind, ids: readonly StateId[]): Promise<ReadonlyMap<StateId, StateRow>>;
  /** The chains that state rows of this kind belong to and that have no event, sorted. */
  statesWithoutChain(kind: StateKind): Promise<string[]>;
}

/** A chain whose bodies have come to the end of their retention. */
export interface Expirable {
  readonly subject: string;
  readonly throughSeq: number;
  /** The chain's last event. */
  readonly last: number;
}

export interface AuditLog {
  /** As `Store.once`. */
  once<Answer>(requestKey: string | null, work: (tx: AuditTx) => Promise<Answer>): Promise<Answer>;
  snapshot<T>(look: (snapshot: LogSnapshot) => Promise<T>): Promise<T>;
  /** The Merkle root over heads. */
  rootOf(heads: readonly AnchoredHead[]): string;
  /** The anchors after this one, in order. */
  anchorsAfter(seq: number): Promise<PublishedAnchor[]>;
  /**
   * Chains that still have bodies recorded before this instant: of `streams`, which never rest, the part before it; of
   * every other chain all, once nothing was added to it since and no open incident, run of a duty or window is its subject.
   */
  expirable(before: Date, streams: readonly string[]): Promise<Expirable[]>;
  /** Deletes answers to requests, and deliveries that were settled, before these instants. */
  forget(what: { readonly answersBefore: Date; readonly deliveriesBefore: Date }): Promise<void>;
}

/** One line of the file of anchors. */
export type AnchorLine = { readonly anchor: PublishedAnchor } | { readonly unreadable: number };

/** Where anchors are kept outside the database, each on a line of its own, only ever appended. */
export interface AnchorFile {
  /** In the order in which they were appended; a line that is no anchor is given by its number. */
  lines(): AsyncIterable<AnchorLine>;
  /** Durable when it returns. */
  append(anchors: readonly PublishedAnchor[]): Promise<void>;
}
