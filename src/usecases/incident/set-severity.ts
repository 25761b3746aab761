import { decideSetSeverity } from '../../domain/incident/set-severity.ts';
import type { Severity } from '../../domain/incident/severity.ts';
import type { Caller } from '../ports.ts';
import { type Changed, changeIncident, type IncidentDeps } from './change.ts';

/** Sets or changes the severity of an incident. */
export function setSeverity(
  deps: IncidentDeps,
  caller: Caller,
  input: { readonly number: number; readonly to: Severity; readonly reason: string },
): Promise<Changed> {
  return changeIncident(deps, caller, 'incident.severity', input.number, (incident, situation) =>
    decideSetSeverity(incident, input, situation),
  );
}
