import { decideUpdate } from '../../domain/incident/post-update.ts';
import type { Caller } from '../ports.ts';
import { type Changed, changeIncident, type IncidentDeps } from './change.ts';

/** Posts a status update, which pays what the cadence asked for. */
export function postUpdate(
  deps: IncidentDeps,
  caller: Caller,
  input: { readonly number: number; readonly text: string },
): Promise<Changed> {
  return changeIncident(deps, caller, 'incident.update', input.number, (incident, situation) =>
    decideUpdate(incident, input, situation),
  );
}
