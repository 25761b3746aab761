import { decideMitigate } from '../../domain/incident/mitigate.ts';
import type { Caller } from '../ports.ts';
import { type Changed, changeIncident, type IncidentDeps } from './change.ts';

/** Says that work on a remedy has begun; the text may be empty. */
export function mitigateIncident(
  deps: IncidentDeps,
  caller: Caller,
  input: { readonly number: number; readonly text: string },
): Promise<Changed> {
  return changeIncident(deps, caller, 'incident.update', input.number, (incident, situation) =>
    decideMitigate(incident, input, situation),
  );
}
