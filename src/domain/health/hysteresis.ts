import type { Check } from '../spec/watching.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** It flaps once it became failing so many times within the window below. */
export const FAILURES_OF_FLAPPING = 3;

/** How far back failures are counted for flapping: an hour, or twelve looks of a check that is asked seldom. */
function flapWindow({ every }: Pick<Check, 'every'>): number {
  return Math.max(HOUR, 12 * every);
}

/** A flapping check must keep to one answer for so long before it counts as that; a quarter of an hour, or four looks. */
export function calmTime({ every }: Pick<Check, 'every'>): number {
  return Math.max(15 * MINUTE, 4 * every);
}

/** Would becoming failing now be one time too many? */
export function wouldFlap(failures: readonly string[], check: Pick<Check, 'every'>, now: Date): boolean {
  const from = now.getTime() - flapWindow(check);
  return failures.filter((at) => Date.parse(at) > from).length + 1 >= FAILURES_OF_FLAPPING;
}
