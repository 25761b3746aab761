import { decideClose } from '../../domain/incident/close.ts';
import type { Caller } from '../ports.ts';
import { type Changed, changeIncident, type IncidentDeps } from './change.ts';

/** Closes an incident whose post-mortem is settled, or whose severity asks for none. */
export function closeIncident(
  deps: IncidentDeps,
  caller: Caller,
  input: { readonly number: number },
): Promise<Changed> {
  return changeIncident(deps, caller, 'incident.close', input.number, decideClose);
}
