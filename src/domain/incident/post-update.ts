import { incidentSubject } from '../event.ts';
import { done } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { tellChange } from './announce.ts';
import { type Decided, eventNow, nextUpdateDue, type Situation } from './decision.ts';
import { emptyText } from './refusals.ts';
import type { Incident } from './state.ts';
import { refusalFor } from './transitions.ts';

/** A status update: it pays what was owed and starts the next period of the severity's cadence. */
export function decideUpdate(incident: Incident, input: { readonly text: string }, situation: Situation): Decided {
  const refusal = refusalFor('update', incident);
  if (refusal !== null) return refusal;
  const text = cleaned(input.text);
  const id = incidentSubject(incident.number);
  if (text === '') return emptyText('how it stands', `/incident update ${id} <text>`, 'text');

  const nextUpdateDueAt = nextUpdateDue(situation, incident.severity);
  const event = eventNow(situation, { kind: 'incident.updated', text, nextUpdateDueAt });
  return done({ events: [event], deliveries: tellChange(incident, event) });
}
