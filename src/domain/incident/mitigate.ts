import { done } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { tellChangeAndTopic } from './announce.ts';
import { type Decided, eventNow, type Situation } from './decision.ts';
import type { Incident } from './state.ts';
import { refusalFor } from './transitions.ts';

/** Work on a remedy has begun; `text` says which, and may be empty. */
export function decideMitigate(incident: Incident, input: { readonly text: string }, situation: Situation): Decided {
  const refusal = refusalFor('mitigate', incident);
  if (refusal !== null) return refusal;
  const event = eventNow(situation, { kind: 'incident.mitigation_started', text: cleaned(input.text) });
  return done({ events: [event], deliveries: tellChangeAndTopic(incident, event) });
}
