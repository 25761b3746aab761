import { decideWaive } from '../../domain/incident/document.ts';
import { type Changed, changeIncident, type IncidentDeps } from '../incident/change.ts';
import type { Caller } from '../ports.ts';

/** Nobody will write this post-mortem; whoever waives it is the approver and says why. */
export function waivePostmortem(
  deps: IncidentDeps,
  caller: Caller,
  input: { readonly number: number; readonly reason: string },
): Promise<Changed> {
  return changeIncident(deps, caller, 'postmortem.waive', input.number, (incident, situation) =>
    decideWaive(incident, input, situation),
  );
}
