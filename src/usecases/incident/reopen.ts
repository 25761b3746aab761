import { decideReopen } from '../../domain/incident/reopen.ts';
import type { Caller } from '../ports.ts';
import { type Changed, changeIncident, type IncidentDeps } from './change.ts';

/** Opens an incident again, with the reason. */
export function reopenIncident(
  deps: IncidentDeps,
  caller: Caller,
  input: { readonly number: number; readonly reason: string },
): Promise<Changed> {
  return changeIncident(deps, caller, 'incident.reopen', input.number, (incident, situation) =>
    decideReopen(incident, input, situation),
  );
}
