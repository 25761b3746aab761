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

/** Why a body is gone: written into the same chain, in the transaction that deletes it. */
export type ErasureEvent =
  /** What one event said was erased by law; the reason never repeats it. */
  | { kind: 'event.erased'; seq: number; reason: string }
  /** What all events up to one said was deleted because it was recorded before this instant. */
  | { kind: 'event.expired'; throughSeq: number; before: string };

/** What the first event of every chain names as its predecessor. */
export const GENESIS = '0'.repeat(64);

/** The chain an incident's events belong to. */
export function incidentSubject(number: number): string {
  return `INC-${number}`;
}

/** The chain a run of a duty belongs to. */
export function runSubject(number: number): string {
  return `RUN-${number}`;
}

/** The chain a check belongs to. */
export function checkSubject(key: string): string {
  return `CHK-${key}`;
}

/** The chain a maintenance window belongs to. */
export function windowSubject(number: number): string {
  return `WIN-${number}`;
}

/** The chain a group of alerts' events belong to. */
export function alertSubject(number: number): string {
  return `ALERT-${number}`;
}

/** The chain a page belongs to. */
export function pageSubject(number: number): string {
  return `PAGE-${number}`;
}

/** The chain a backup belongs to. */
export function backupSubject(number: number): string {
  return `BK-${number}`;
}

/** The chain a drill belongs to. */
export function drillSubject(number: number): string {
  return `DRILL-${number}`;
}

/** The chain of what is decided about how one backup of the spec is kept. */
export function keepingSubject(key: string): string {
  return `KEEP-${key}`;
}

/** Chain of refusals of permission that concern no incident, run or window, and of who renewed the key to what. */
export const ACCESS_SUBJECT = 'ACCESS';
/** Chain of the operations specs that came into force. */
export const SPEC_SUBJECT = 'SPEC';
/** Chain of the daily anchors. */
export const ANCHOR_SUBJECT = 'ANCHOR';
/** Chain of what operators were told about Mainstay itself. */
export const OWN_SUBJECT = 'MAINSTAY';
