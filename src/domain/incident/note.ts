import { incidentSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { sayInChannel } from './announce.ts';
import { type Decided, eventNow, type Situation } from './decision.ts';
import { emptyText } from './refusals.ts';
import type { Incident } from './state.ts';
import { refusalFor } from './transitions.ts';

/** A line on the timeline; `at` places it in the past, null means now. */
export function decideNote(
  incident: Incident,
  input: { readonly text: string; readonly at: Date | null },
  situation: Situation,
): Decided {
  const refusal = refusalFor('note', incident);
  if (refusal !== null) return refusal;
  const text = cleaned(input.text);
  const id = incidentSubject(incident.number);
  if (text === '') return emptyText('what happened', `/incident note ${id} [at 14:05] <text>`, 'text');
  if (input.at !== null && input.at > situation.now) {
    return refused('in-the-future', 'A note speaks of what has happened; that time has not come yet.', 'at');
  }
  const event = eventNow(situation, { kind: 'incident.noted', text }, input.at ?? situation.now);
  return done({ events: [event], deliveries: [sayInChannel(incident.number, event)] });
}
