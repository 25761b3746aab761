import type { Actor } from '../../domain/actor.ts';
import { ANCHOR_SUBJECT, type ErasureEvent, type EventDraft } from '../../domain/event.ts';
import { done, type Outcome, refused } from '../../domain/outcome.ts';
import { cleaned } from '../../domain/text/controls.ts';
import type { AuditLog } from '../audit-port.ts';
import type { Clock } from '../ports.ts';
import { stateWithout } from './state-without.ts';

export interface EraseDeps {
  readonly log: AuditLog;
  readonly clock: Clock;
}

export interface Erased {
  readonly subject: string;
  readonly seq: number;
  /** The event that says who erased it and why. */
  readonly tombstone: number;
}

type EraseRefusal = 'no-reason' | 'no-such-event' | 'already-erased' | 'kept-as-evidence';

/** Kinds whose bodies explain gaps or prove chains. */
const EVIDENCE = new Set(['event.erased', 'event.expired', 'anchor.taken']);

/**
 * Erases by law what one event said: its body and salt, what the state and settled deliveries repeat of it. An event in
 * the same chain says who did it and why; the chain still verifies. What was posted in Slack is not touched.
 *
 * @param input.reason why, without repeating what is erased: it is kept
 */
export function eraseEvent(
  deps: EraseDeps,
  actor: Actor,
  input: { readonly subject: string; readonly seq: number; readonly reason: string },
): Promise<Outcome<Erased, EraseRefusal>> {
  const { subject, seq } = input;
  const here = `${subject}#${seq}`;
  const reason = cleaned(input.reason);
  return deps.log.once(null, async (tx) => {
    if (reason === '') return refused('no-reason', `Say why ${here} is erased: the log keeps the reason in its place.`);
    const last = await tx.lock(subject);
    const event = await tx.event(subject, seq);
    if (event === null) return refused('no-such-event', `There is no ${here}: ${subject} has ${last} events.`);
    if (EVIDENCE.has(event.kind) || subject === ANCHOR_SUBJECT) {
      return refused('kept-as-evidence', `${here} proves what was erased or written: it is never erased itself.`);
    }
    if (event.body === null) return refused('already-erased', `What ${here} said was erased before.`);
    const now = deps.clock.now();
    const body: ErasureEvent = { kind: 'event.erased', seq, reason };
    const draft: EventDraft<ErasureEvent> = { actor, occurredAt: now, recordedAt: now, body };
    const state = await stateWithout(tx, subject, draft, (other) => other === seq);
    tx.removeBodies(subject, { seq });
    await tx.save({ events: [{ subject, draft }], ...state });
    return done({ subject, seq, tombstone: last + 1 });
  });
}
