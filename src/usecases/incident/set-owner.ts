import { decideSetOwner } from '../../domain/incident/set-owner.ts';
import type { Caller } from '../ports.ts';
import { type Changed, changeIncident, type IncidentDeps } from './change.ts';

/** Gives an incident to somebody. */
export function setOwner(
  deps: IncidentDeps,
  caller: Caller,
  input: { readonly number: number /** Slack user id. */; readonly owner: string },
): Promise<Changed> {
  return changeIncident(deps, caller, 'incident.owner', input.number, (incident, situation) =>
    decideSetOwner(incident, input, situation),
  );
}
