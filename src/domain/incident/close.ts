import { incidentSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { tellChangeAndTopic } from './announce.ts';
import { type Decided, eventNow, type Situation } from './decision.ts';
import type { Incident } from './state.ts';
import { refusalFor } from './transitions.ts';

/** All that follows from the incident is done. A post-mortem that is owed must be published or waived first. */
export function decideClose(incident: Incident, situation: Situation): Decided {
  const refusal = refusalFor('close', incident);
  if (refusal !== null) return refusal;
  if (incident.status === 'resolved' && incident.postmortemDueAt !== null) {
    const id = incidentSubject(incident.number);
    return refused(
      'postmortem-missing',
      `${id} still owes a post-mortem. Publish it with \`/postmortem publish ${id} <link>\` or waive it with \`/postmortem waive ${id} <reason>\`, then close.`,
    );
  }
  const event = eventNow(situation, { kind: 'incident.closed' });
  return done({ events: [event], deliveries: tellChangeAndTopic(incident, event) });
}
