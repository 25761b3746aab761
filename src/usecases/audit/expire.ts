import { ACCESS_SUBJECT, type ErasureEvent, type EventDraft } from '../../domain/event.ts';
import type { AuditLog, Expirable } from '../audit-port.ts';
import type { Clock } from '../ports.ts';
import { stateWithout } from './state-without.ts';

export interface ExpireDeps {
  readonly log: AuditLog;
  readonly clock: Clock;
}

/** How long what is said is kept; the chain itself stays for ever. The fifth document asks for seven years. */
const RETENTION_YEARS = 7;
/** Slack repeats a request for hours at most. */
const ANSWER_DAYS = 7;
/** Long enough to look up what was said where. */
const DELIVERY_DAYS = 90;
const DAY_MS = 86_400_000;

/** Chains that are never finished: their events expire one by one. All others expire whole, after their last event. */
const STREAMS = [ACCESS_SUBJECT];
const ACTOR = { kind: 'system', job: 'audit-expiry' } as const;

/**
 * Deletes what events said once their retention is over, chain by chain, each with an event that says up to where; and
 * the answers to requests and the settled deliveries that nobody will ask for again. What a crash leaves is done the
 * next time. An incident that is still open is never touched.
 *
 * @returns the chains whose words were deleted
 */
export async function expireLog({ log, clock }: ExpireDeps): Promise<string[]> {
  const now = clock.now();
  const before = new Date(now);
  before.setUTCFullYear(now.getUTCFullYear() - RETENTION_YEARS);
  const expired: string[] = [];
  for (const chain of await log.expirable(before, STREAMS)) {
    if (await expireChain(log, chain, now, before)) expired.push(chain.subject);
  }
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  await log.forget({ answersBefore: daysAgo(ANSWER_DAYS), deliveriesBefore: daysAgo(DELIVERY_DAYS) });
  return expired;
}

/** False when something was added to the chain meanwhile: it is not at rest, and begins its retention again. */
function expireChain(log: AuditLog, chain: Expirable, now: Date, before: Date): Promise<boolean> {
  const { subject, throughSeq, last } = chain;
  return log.once(null, async (tx) => {
    if ((await tx.lock(subject)) !== last) return false;
    const body: ErasureEvent = { kind: 'event.expired', throughSeq, before: before.toISOString() };
    const draft: EventDraft<ErasureEvent> = { actor: ACTOR, occurredAt: now, recordedAt: now, body };
    const state = await stateWithout(tx, subject, draft, (seq) => seq <= throughSeq);
    tx.removeBodies(subject, { throughSeq });
    await tx.save({ events: [{ subject, draft }], ...state });
    return true;
  });
}
