import { decidePublicNote, type NoteDraft } from '../../domain/incident/publish-note.ts';
import type { Caller } from '../ports.ts';
import { type Changed, changeIncident, type IncidentDeps } from './change.ts';

/** Puts a note about an incident on the status page, for everybody. */
export function publishNote(
  deps: IncidentDeps,
  caller: Caller,
  input: NoteDraft & { readonly number: number },
): Promise<Changed> {
  return changeIncident(deps, caller, 'incident.publish', input.number, (incident, situation) =>
    decidePublicNote(incident, input, situation),
  );
}
