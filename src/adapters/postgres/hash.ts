import { hash } from 'node:crypto';
import type { Actor } from '../../domain/actor.ts';
import { canonical } from './canonical.ts';

/** The version of the form below. A change of the form is a new number, never a change of this one. */
export const CHAIN_VERSION = 1;

/** What an event's hash is taken over, besides its digest and its predecessor. Instants are UTC, in milliseconds. */
export interface HashedFields {
  readonly v: number;
  readonly subject: string;
  readonly seq: number;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly actor: Actor;
  readonly kind: string;
  readonly digest: string;
  readonly prevHash: string;
}

/**
 * The salted digest that stands in the chain for a body: it commits to the body, and says nothing about it once body
 * and salt are gone.
 */
export function digestOf(salt: string, body: unknown): string {
  return sha256(canonical({ body, salt }));
}

/** The hash of an event, version 1; docs/audit-log.md describes it for those who verify without Mainstay. */
export function hashOf(event: HashedFields): string {
  return sha256(
    canonical({
      actor: event.actor,
      digest: event.digest,
      kind: event.kind,
      occurredAt: event.occurredAt.toISOString(),
      prevHash: event.prevHash,
      recordedAt: event.recordedAt.toISOString(),
      seq: event.seq,
      subject: event.subject,
      v: event.v,
    }),
  );
}

/** SHA-256 of UTF-8 text, as lower-case hex. */
function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
