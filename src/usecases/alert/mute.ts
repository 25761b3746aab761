import { decideMuteAlerts, decideUnmuteAlerts } from '../../domain/alert/mute.ts';
import { alertSubject } from '../../domain/event.ts';
import type { Caller } from '../ports.ts';
import { type AlertChanged, type AlertDeps, changeAlerts } from './change.ts';

/** Nobody is told of a group of alerts until then; its card stays true. */
export function muteAlerts(
  deps: AlertDeps,
  caller: Caller,
  input: { readonly number: number; readonly until: Date; readonly reason: string },
): Promise<AlertChanged> {
  return changeAlerts(deps, caller, 'alert.mute', input.number, (_group, situation) =>
    decideMuteAlerts(input, situation),
  );
}

/** Ends a mute; what fires then is told of. */
export function unmuteAlerts(
  deps: AlertDeps,
  caller: Caller,
  input: { readonly number: number },
): Promise<AlertChanged> {
  return changeAlerts(deps, caller, 'alert.mute', input.number, decideUnmuteAlerts);
}

const ITSELF: Caller = { actor: { kind: 'system', job: 'alerts' }, requestKey: null, groups: [] };

/** Ends the mutes whose time is over. Gives the groups, for the log. */
export async function followAlertMutes(deps: AlertDeps): Promise<readonly string[]> {
  const ended: string[] = [];
  for (const number of await deps.store.alertMutesOver(deps.clock.now())) {
    const unmuted = await unmuteAlerts(deps, ITSELF, { number });
    if (unmuted.ok) ended.push(alertSubject(number));
  }
  return ended;
}
