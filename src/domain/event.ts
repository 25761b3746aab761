import type { Actor } from './actor.ts';

/** One thing that happened to a subject, before it is written: the log adds sequence, salt, digest and hashes. */
export interface EventDraft<Body extends { kind: string } = { kind: string }> {
  readonly actor: Actor;
  /** When it happened (a note may speak of the past); UTC. */
  readonly occurredAt: Date;
  /** When it was written down; UTC. */
  readonly recordedAt: Date;
  readonly body: Body;
}

/** An event as the log holds it. `body` is null once it was erased by law; the chain still verifies. */
export interface StoredEvent<Body extends { kind: string } = { kind: string }> {
  readonly subject: string;
  readonly seq: number;
  readonly actor: Actor;
  readonly kind: Body['kind'];
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly body: Body | null;
}

/** The chain an incident's events belong to. */
export function incidentSubject(number: number): string {
  return `INC-${number}`;
}

/** Chain of refusals of permission that concern no incident. */
export const ACCESS_SUBJECT = 'ACCESS';
/** Chain of the daily anchors. */
export const ANCHOR_SUBJECT = 'ANCHOR';
