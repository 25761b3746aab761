import { decideUnpin } from '../../domain/incident/pin.ts';
import type { Caller } from '../ports.ts';
import { type Changed, changeIncident, type IncidentDeps } from './change.ts';
import type { Pin } from './pin-message.ts';

/** Somebody took their pushpin back: the message leaves the timeline when nobody else's holds it there. */
export function unpinMessage(deps: IncidentDeps, caller: Caller, pin: Pin): Promise<Changed> {
  return changeIncident(deps, caller, 'incident.update', pin.number, (incident, situation) =>
    decideUnpin(incident, pin, situation),
  );
}
