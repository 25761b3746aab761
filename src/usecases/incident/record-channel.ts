import { decideChannelOpened } from '../../domain/incident/open-channel.ts';
import { type Changed, changeIncident, type IncidentDeps } from './change.ts';

const CALLER = { actor: { kind: 'system', job: 'open-channel' }, requestKey: null, groups: [] } as const;

/** Remembers the channel that was created for an incident. A second channel for the same incident is refused. */
export function recordChannel(
  deps: IncidentDeps,
  input: { readonly number: number; readonly channel: { readonly id: string; readonly name: string } },
): Promise<Changed> {
  return changeIncident(deps, CALLER, null, input.number, (incident, situation) =>
    decideChannelOpened(incident, input.channel, situation),
  );
}
