import type { Check } from '../spec/watching.ts';

/** How long after its first sight a check is asked for the first time, at most; ms. */
const FIRST_WITHIN = 10_000;

/**
 * Where in its interval a check is asked; ms. It follows from the key alone, so that checks with one interval spread over it
 * the same way in every process and after every restart.
 */
function phaseOf({ key, every }: Pick<Check, 'key' | 'every'>): number {
  return hash(key) % every;
}

/** When it is asked next: at its own beat, the first one after `now`. What an outage left out is left out. */
export function nextLook(check: Pick<Check, 'key' | 'every'>, now: Date): Date {
  const phase = phaseOf(check);
  const beats = Math.floor((now.getTime() - phase) / check.every) + 1;
  return new Date(beats * check.every + phase);
}

/** When a check that was never asked is asked: soon, and not all at one instant. */
export function firstLook(check: Pick<Check, 'key' | 'every'>, now: Date): Date {
  return new Date(now.getTime() + (hash(check.key) % Math.min(check.every, FIRST_WITHIN)));
}

/** FNV-1a, 32 bits: spreads keys that differ in one letter. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193) >>> 0;
  }
  return value;
}
