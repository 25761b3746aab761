import { decidePublish } from '../../domain/incident/document.ts';
import { type Changed, changeIncident, type IncidentDeps } from '../incident/change.ts';
import type { Caller } from '../ports.ts';

/** The post-mortem is out; the link says where, null when it lives only here. */
export function publishPostmortem(
  deps: IncidentDeps,
  caller: Caller,
  input: { readonly number: number; readonly link: string | null },
): Promise<Changed> {
  return changeIncident(deps, caller, 'postmortem.publish', input.number, (incident, situation) =>
    decidePublish(incident, input, situation),
  );
}
