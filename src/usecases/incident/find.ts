import { type IncidentRefusal, unknownIncident } from '../../domain/incident/refusals.ts';
import type { Incident } from '../../domain/incident/state.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { Store } from '../ports.ts';

/**
 * The incident somebody means: the one they named, else the one whose channel they are in. Null when they named none
 * and are elsewhere, so that they can be asked.
 */
export async function findIncident(
  deps: { readonly store: Store },
  meant: { readonly number: number | null; readonly channel: string },
): Promise<Outcome<Incident | null, IncidentRefusal>> {
  if (meant.number === null) return done(await deps.store.incidentInChannel(meant.channel));
  const incident = await deps.store.incident(meant.number);
  return incident === null ? unknownIncident(meant.number) : done(incident);
}
