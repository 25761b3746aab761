import { type IncidentRefusal, unknownIncident } from '../../domain/incident/refusals.ts';
import type { Incident } from '../../domain/incident/state.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { Store } from '../ports.ts';

/** One incident as it is now. */
export async function showIncident(
  deps: { readonly store: Store },
  number: number,
): Promise<Outcome<Incident, IncidentRefusal>> {
  const incident = await deps.store.incident(number);
  return incident === null ? unknownIncident(number) : done(incident);
}
