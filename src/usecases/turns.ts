import type { Clock } from './ports.ts';

/** A look that took so long is at its end: the others are seen to in the next, which begins with another; ms. */
const LONGEST = 40_000;
const MINUTE = 60_000;

/**
 * Sees to one thing after the other, for a look that is repeated each minute. One that fails keeps no other from being seen to.
 *
 * @param failed what is said of those that could not be
 * @throws AggregateError after all were tried
 */
export async function inTurns<Thing, Seen>(
  clock: Clock,
  things: readonly Thing[],
  see: (thing: Thing) => Promise<Seen>,
  failed: string,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  const faults: unknown[] = [];
  const begin = clock.now().getTime();
  const first = Math.floor(begin / MINUTE) % Math.max(things.length, 1);
  for (const thing of [...things.slice(first), ...things.slice(0, first)]) {
    if (clock.now().getTime() - begin >= LONGEST) break;
    try {
      seen.push(await see(thing));
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, failed);
  return seen;
}
