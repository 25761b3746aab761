import { type ErasureEvent, type EventDraft, incidentSubject } from '../../domain/event.ts';
import { apply, follow } from '../../domain/incident/apply.ts';
import type { Incident } from '../../domain/incident/state.ts';
import type { AuditTx } from '../audit-port.ts';

/**
 * The state row of a chain after some of its bodies are gone and the tombstone is written: what its events lead to
 * without those words, so that the state repeats nothing of them. Empty for chains that have no state.
 */
export async function stateWithout(
  tx: AuditTx,
  subject: string,
  tombstone: EventDraft<ErasureEvent>,
  isGone: (seq: number) => boolean,
): Promise<Incident[]> {
  let state: Incident | null = null;
  for await (const event of tx.events(subject)) {
    if (state === null && event.kind !== 'incident.declared') return [];
    state = apply(state, isGone(event.seq) ? { ...event, body: null } : event);
  }
  if (state === null || incidentSubject(state.number) !== subject) return [];
  return [follow(state, state.number, [tombstone])];
}
