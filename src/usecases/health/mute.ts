import { decideMute, decideUnmute } from '../../domain/health/mute.ts';
import { type CheckState, isDown } from '../../domain/health/state.ts';
import type { Caller } from '../ports.ts';
import { type CheckChanged, changeCheck } from './change.ts';
import type { HealthDeps } from './deps.ts';

/** Nobody is told of a check until then; it is asked as ever. */
export function muteCheck(
  deps: HealthDeps,
  caller: Caller,
  input: { readonly key: string; readonly until: Date; readonly reason: string },
): Promise<CheckChanged> {
  return changeCheck(deps, caller, 'health.mute', input.key, (_state, { now }) =>
    decideMute(input, { actor: caller.actor, now }),
  );
}

/** Ends a mute. What began to fail meanwhile is told of as if it began now, or after the maintenance window it is in. */
export function unmuteCheck(deps: HealthDeps, caller: Caller, input: { readonly key: string }): Promise<CheckChanged> {
  return changeCheck(deps, caller, 'health.mute', input.key, (state, { now, groups, channel, window }) => {
    const isNews = beganMuted(state);
    const group = isNews && window === null ? groups.join(channel) : null;
    return decideUnmute(state, { actor: caller.actor, now, group, window: isNews ? window : null });
  });
}

/** It fails, and since it does nobody was told: a message from before the mute shows it anyway. */
function beganMuted(state: CheckState): boolean {
  if (state.mute === null || !isDown(state)) return false;
  return state.group === null || state.since === null || state.mute.at <= state.since;
}
