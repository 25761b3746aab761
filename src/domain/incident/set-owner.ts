import { incidentSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { tellChangeAndTopic } from './announce.ts';
import { type Decided, eventNow, type Situation } from './decision.ts';
import type { Incident } from './state.ts';
import { refusalFor } from './transitions.ts';

/** Gives the incident to somebody and brings them into its channel. The first owner is the acknowledgement. */
export function decideSetOwner(
  incident: Incident,
  input: { /** Slack user id. */ readonly owner: string },
  situation: Situation,
): Decided {
  const refusal = refusalFor('set-owner', incident);
  if (refusal !== null) return refusal;
  if (incident.owner === input.owner) {
    const id = incidentSubject(incident.number);
    return refused('same-owner', `That person already owns ${id}.`, 'owner');
  }
  const event = eventNow(situation, { kind: 'incident.owner_set', from: incident.owner, to: input.owner });
  return done({
    events: [event],
    deliveries: [
      ...tellChangeAndTopic(incident, event),
      { kind: 'invite', incident: incident.number, users: [input.owner] },
    ],
  });
}
