import { randomBytes } from 'node:crypto';
import type { Actor } from '../../domain/actor.ts';
import { type EventDraft, GENESIS } from '../../domain/event.ts';
import { jsonText } from './canonical.ts';
import { CHAIN_VERSION, digestOf, type HashedFields, hashOf } from './hash.ts';

const SALT_BYTES = 16;

/** Where a chain ends. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export const EMPTY_CHAIN: Head = { seq: 0, hash: GENESIS };

/** An event with its place in the chain, as it is written. */
export interface SealedEvent extends HashedFields {
  readonly hash: string;
  readonly salt: string;
  readonly body: unknown;
}

/**
 * Gives events their sequence, salt, digest and hashes, in order, and says where each chain ends afterwards.
 *
 * @param heads where the chains end now: one for every subject of `events`
 */
export function seal(
  events: readonly { readonly subject: string; readonly draft: EventDraft }[],
  heads: ReadonlyMap<string, Head>,
): { sealed: SealedEvent[]; heads: Map<string, Head> } {
  const moved = new Map<string, Head>();
  // All at once: the system is asked for randomness once.
  const salts = randomBytes(SALT_BYTES * events.length);
  const sealed = events.map(({ subject, draft }, n) => {
    const head = moved.get(subject) ?? heads.get(subject);
    if (head === undefined) throw new Error(`The chain ${subject} should have been locked before it is written.`);
    const salt = salts.toString('hex', SALT_BYTES * n, SALT_BYTES * (n + 1));
    const event = sealOne(subject, draft, head, salt);
    moved.set(subject, event);
    return event;
  });
  return { sealed, heads: moved };
}

function sealOne(subject: string, draft: EventDraft, head: Head, salt: string): SealedEvent {
  const body: unknown = JSON.parse(jsonText(draft.body));
  const actor: Actor = JSON.parse(jsonText(draft.actor));
  const fields = {
    v: CHAIN_VERSION,
    subject,
    seq: head.seq + 1,
    occurredAt: draft.occurredAt,
    recordedAt: draft.recordedAt,
    actor,
    kind: draft.body.kind,
    digest: digestOf(salt, body),
    prevHash: head.hash,
  };
  return { ...fields, hash: hashOf(fields), salt, body };
}
