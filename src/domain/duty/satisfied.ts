import type { Duty } from '../spec/duty.ts';
import type { OperationsSpec } from '../spec/types.ts';
import { instantsAt } from '../time/wall.ts';
import type { DutyOccurrence } from './plan.ts';
import { dayAt, wallOn } from './planned.ts';
import { type Occurrence, occurrences } from './recurrence.ts';
import { rangeOf } from './terms.ts';

const MIDNIGHT = { hour: 0, minute: 0 };

/**
 * The occurrence of another duty that does for this one: the spec says it `satisfies` it, and both fall due on one day of
 * this duty's zone. Of a chain of such duties it is the last, the one that is really asked for. Undefined for most.
 *
 * @param isAsked says of an occurrence whether it will be asked for; a waived one does for no other
 */
export function satisfierOf(
  one: DutyOccurrence,
  spec: OperationsSpec,
  isAsked: (one: DutyOccurrence) => boolean,
): DutyOccurrence | undefined {
  return climb(one, spec, isAsked, new Set([one.duty.key]));
}

function climb(
  { duty, occurrence }: DutyOccurrence,
  spec: OperationsSpec,
  isAsked: (one: DutyOccurrence) => boolean,
  seen: Set<string>,
): DutyOccurrence | undefined {
  for (const other of spec.duties) {
    if (seen.has(other.key) || !other.satisfies.includes(duty.key)) continue;
    const found = onTheDayOf(occurrence, other, spec);
    if (found === undefined || !isAsked(found)) continue;
    seen.add(other.key);
    return climb(found, spec, isAsked, seen) ?? found;
  }
  return undefined;
}

function onTheDayOf({ at, zone }: Occurrence, duty: Duty, spec: OperationsSpec): DutyOccurrence | undefined {
  const day = dayAt(at, zone);
  const [from] = instantsAt(wallOn(day, MIDNIGHT), zone);
  const [next] = instantsAt(wallOn(day + 1, MIDNIGHT), zone);
  const to = new Date(next.getTime() - 1);
  const [occurrence] = occurrences(duty.when, { ...rangeOf(duty, spec), from, to });
  return occurrence === undefined ? undefined : { duty, occurrence };
}
