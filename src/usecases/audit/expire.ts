import { retentionAt } from '../../domain/audit/retention.ts';
import { ACCESS_SUBJECT, type ErasureEvent, type EventDraft, OWN_SUBJECT, SPEC_SUBJECT } from '../../domain/event.ts';
import type { AuditLog, Expirable } from '../audit-port.ts';
import type { Clock } from '../ports.ts';
import { stateWithout } from './state-without.ts';

export interface ExpireDeps {
  readonly log: AuditLog;
  readonly clock: Clock;
  /** The clock on the wall, which dates answers and deliveries; another one only where `clock` can be moved, as in the demo. */
  readonly wall: Clock;
}

/** Chains that are never finished: their events expire one by one. All others expire whole, after their last event. */
const STREAMS = [ACCESS_SUBJECT, SPEC_SUBJECT, OWN_SUBJECT];
const ACTOR = { kind: 'system', job: 'audit-expiry' } as const;

/**
 * Deletes what events said once their retention is over, chain by chain, each with an event that says up to where; and
 * the answers to requests and the settled deliveries that nobody will ask for again. What a crash leaves is done the
 * next time. An incident that is still open is never touched.
 *
 * @returns the chains whose words were deleted
 */
export async function expireLog({ log, clock, wall }: ExpireDeps): Promise<string[]> {
  const now = clock.now();
  const { bodiesBefore } = retentionAt(now);
  const expired: string[] = [];
  for (const chain of await log.expirable(bodiesBefore, STREAMS)) {
    if (await expireChain(log, chain, now, bodiesBefore)) expired.push(chain.subject);
  }
  const { answersBefore, deliveriesBefore } = retentionAt(wall.now());
  await log.forget({ answersBefore, deliveriesBefore });
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
