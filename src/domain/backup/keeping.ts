import type { Actor } from '../actor.ts';
import type { EventDraft, StoredEvent } from '../event.ts';
import type { Milliseconds } from '../spec/duration.ts';
import type { PauseReason, RetentionTerms } from './retention.ts';

/** How many copies of one backup of the spec were read on a day, and what came of it. */
export interface Verification {
  readonly looked: number;
  readonly sound: number;
  /** Copies of which nothing could be told. */
  readonly untold: number;
  /** What lies here of it, and elsewhere; null where there is no elsewhere, or it did not say. */
  readonly bytesHere: number;
  readonly bytesOffSite: number | null;
}

/** What is decided about how one backup of the spec is kept. The subject is its chain `KEEP-<key>`. */
export type KeepingEvent =
  | ({ kind: 'keeping.verified' } & Verification)
  /** These would go by these terms, and a person is asked. */
  | { kind: 'keeping.proposed'; terms: RetentionTerms; expire: number[] }
  /** A person agreed that backups go by these terms from now on. */
  | { kind: 'keeping.approved'; terms: RetentionTerms }
  /** The clock is not believed: nothing goes until a person agrees anew. */
  | { kind: 'keeping.paused'; reason: PauseReason };

export function keepingEvent<Body extends KeepingEvent>(
  { actor, now }: { readonly actor: Actor; readonly now: Date },
  body: Body,
): EventDraft<Body> {
  return { actor, occurredAt: now, recordedAt: now, body };
}

/** What stands, as the latest event of each kind says it. */
export interface Keeping {
  readonly verified: (Verification & { readonly at: Date }) | null;
  readonly proposed: { readonly terms: RetentionTerms; readonly expire: readonly number[]; readonly at: Date } | null;
  readonly approved: RetentionTerms | null;
  /** When somebody agreed to them, if nothing was looked at since. */
  readonly agreedAt: Date | null;
  readonly paused: PauseReason | null;
  /** The latest time that is written down in the chain. */
  readonly lastSeenAt: Date | null;
}

/** What stands after these events, of which there is one of each kind at most: the latest. */
export function keepingOf(latest: readonly StoredEvent<KeepingEvent>[]): Keeping {
  const seen = (kind: KeepingEvent['kind']) => latest.find((event) => event.kind === kind);
  const body = <Kind extends KeepingEvent['kind']>(kind: Kind) => {
    const found = seen(kind)?.body;
    return found?.kind === kind ? (found as Extract<KeepingEvent, { kind: Kind }>) : null;
  };
  const [verified, proposed, approved, paused] = [
    body('keeping.verified'),
    body('keeping.proposed'),
    body('keeping.approved'),
    body('keeping.paused'),
  ];
  // What a person agreed to before the clock was found wrong is agreed to no longer.
  const pausedAt = seen('keeping.paused')?.seq ?? 0;
  const pausedSince = pausedAt > (seen('keeping.approved')?.seq ?? 0);
  const agreedSince = (seen('keeping.approved')?.seq ?? 0) > (seen('keeping.verified')?.seq ?? 0);
  const askedBefore = pausedAt > (seen('keeping.proposed')?.seq ?? 0);
  const at = (kind: KeepingEvent['kind']) => seen(kind)?.occurredAt ?? new Date(0);
  return {
    verified: verified === null ? null : { ...verified, at: at('keeping.verified') },
    proposed: proposed === null || askedBefore ? null : { ...proposed, at: at('keeping.proposed') },
    approved: approved === null || pausedSince ? null : approved.terms,
    agreedAt: approved === null || pausedSince || !agreedSince ? null : at('keeping.approved'),
    paused: pausedSince ? (paused?.reason ?? null) : null,
    lastSeenAt: latest.reduce<Date | null>(
      (last, { occurredAt }) => (last === null || occurredAt > last ? occurredAt : last),
      null,
    ),
  };
}

const DAY: Milliseconds = 24 * 3_600_000;
/** Whoever does not answer is asked again after this. */
const ASK_AGAIN = 7 * DAY;

/** What is to be done about backups that had their time. */
export type PruneStep =
  | { readonly step: 'nothing' }
  /** The clock is not believed; `tell` unless it was told already. */
  | { readonly step: 'pause'; readonly reason: PauseReason; readonly tell: boolean }
  | { readonly step: 'ask'; readonly expire: readonly number[]; readonly tell: boolean }
  | { readonly step: 'expire'; readonly expire: readonly number[] };

/** What is done about them: only what a person agreed to under the very terms that hold. */
export function nextPrune(
  expire: readonly number[],
  paused: PauseReason | null,
  { keeping, terms, now }: { readonly keeping: Keeping; readonly terms: RetentionTerms; readonly now: Date },
): PruneStep {
  if (paused !== null) return { step: 'pause', reason: paused, tell: keeping.paused === null };
  if (expire.length === 0) return { step: 'nothing' };
  if (keeping.approved !== null && sameTerms(keeping.approved, terms)) return { step: 'expire', expire };
  const { proposed } = keeping;
  const asked =
    proposed !== null && sameTerms(proposed.terms, terms) && now.getTime() - proposed.at.getTime() < ASK_AGAIN;
  return { step: 'ask', expire, tell: !asked };
}

export function sameTerms(one: RetentionTerms, other: RetentionTerms): boolean {
  return one.keep === other.keep && one.keepAtLeast === other.keepAtLeast;
}
