import { decideWithdrawNote } from '../../domain/incident/publish-note.ts';
import type { Caller } from '../ports.ts';
import { type Changed, changeIncident, type IncidentDeps } from './change.ts';

/** Takes a note off the status page. */
export function withdrawNote(
  deps: IncidentDeps,
  caller: Caller,
  input: { readonly number: number; readonly note: number; readonly reason: string },
): Promise<Changed> {
  return changeIncident(deps, caller, 'incident.publish', input.number, (incident, situation) =>
    decideWithdrawNote(incident, input, situation),
  );
}
