import type { Check } from '../spec/watching.ts';
import { windowsCovering } from '../window/covering.ts';
import type { MaintenanceWindow } from '../window/window.ts';
import type { KnownChecks } from './dependencies.ts';
import { type CheckState, isDown } from './state.ts';

/** The number of the maintenance window that explains what a check answers now; null outside of all. Of several the one that ends last. */
export function quietIn(
  { service }: Pick<Check, 'service'>,
  windows: readonly MaintenanceWindow[],
  now: Date,
): number | null {
  return windowsCovering(windows, { service: service ?? null, labels: null }, now)[0]?.number ?? null;
}

/** It fails and people were told: whatever window begins then, they hear how it goes on. */
export function isToldOf(state: CheckState): boolean {
  return isDown(state) && state.window === null;
}

/**
 * Of what a check depends on, what may be blamed for it. What is down in a window nobody is told of: something that the window does
 * not cover would be told of by nobody at all, so it is told of itself.
 */
export function blamable(
  keys: readonly string[],
  check: Pick<Check, 'service'>,
  known: KnownChecks,
  windows: readonly MaintenanceWindow[],
  now: Date,
): readonly string[] {
  if (windows.length === 0 || quietIn(check, windows, now) !== null) return keys;
  return keys.filter((key) => {
    const other = known.get(key);
    return other === undefined || isToldOf(other.state) || quietIn(other.check, windows, now) === null;
  });
}
