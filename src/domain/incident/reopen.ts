import { incidentSubject } from '../event.ts';
import { done } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { tellChangeAndTopic } from './announce.ts';
import { type Decided, eventNow, nextUpdateDue, type Situation } from './decision.ts';
import { emptyText } from './refusals.ts';
import type { Incident } from './state.ts';
import { refusalFor } from './transitions.ts';

/** The trouble is back: straight to mitigating, with a reason; updates are owed again and the post-mortem is not yet. */
export function decideReopen(incident: Incident, input: { readonly reason: string }, situation: Situation): Decided {
  const refusal = refusalFor('reopen', incident);
  if (refusal !== null) return refusal;
  const reason = cleaned(input.reason);
  const id = incidentSubject(incident.number);
  if (reason === '') return emptyText('why it is open again', `/incident reopen ${id} <reason>`, 'reason');

  const nextUpdateDueAt = nextUpdateDue(situation, incident.severity);
  const event = eventNow(situation, { kind: 'incident.reopened', reason, nextUpdateDueAt });
  return done({ events: [event], deliveries: tellChangeAndTopic(incident, event) });
}
