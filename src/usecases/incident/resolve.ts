import { decideResolve } from '../../domain/incident/resolve.ts';
import type { Caller } from '../ports.ts';
import { type Changed, changeIncident, type IncidentDeps } from './change.ts';

/** Ends an incident: the service is back. */
export function resolveIncident(
  deps: IncidentDeps,
  caller: Caller,
  input: { readonly number: number; readonly summary: string },
): Promise<Changed> {
  return changeIncident(deps, caller, 'incident.resolve', input.number, (incident, situation) =>
    decideResolve(incident, input, situation),
  );
}
