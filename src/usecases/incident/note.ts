import { decideNote } from '../../domain/incident/note.ts';
import type { Caller } from '../ports.ts';
import { type Changed, changeIncident, type IncidentDeps } from './change.ts';

/** Adds a line to the timeline, now or at a time in the past. */
export function noteIncident(
  deps: IncidentDeps,
  caller: Caller,
  input: { readonly number: number; readonly text: string /** Null: now. */; readonly at: Date | null },
): Promise<Changed> {
  return changeIncident(deps, caller, 'incident.update', input.number, (incident, situation) =>
    decideNote(incident, input, situation),
  );
}
