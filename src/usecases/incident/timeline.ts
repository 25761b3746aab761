import { incidentSubject } from '../../domain/event.ts';
import { type IncidentRefusal, unknownIncident } from '../../domain/incident/refusals.ts';
import type { Incident } from '../../domain/incident/state.ts';
import { Timeline, type TimelineEntry } from '../../domain/incident/timeline.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { Store } from '../ports.ts';

/** What happened to an incident, in the order in which it happened. */
export async function incidentTimeline(
  deps: { readonly store: Store },
  number: number,
): Promise<Outcome<{ incident: Incident; entries: TimelineEntry[] }, IncidentRefusal>> {
  const incident = await deps.store.incident(number);
  if (incident === null) return unknownIncident(number);
  const timeline = new Timeline();
  for await (const event of deps.store.events(incidentSubject(number))) timeline.add(event);
  return done({ incident, entries: timeline.entries() });
}
