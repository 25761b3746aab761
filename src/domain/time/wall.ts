import { tzOffset } from '@date-fns/tz/tzOffset';

/** What a clock on a wall shows; `month` counts from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The day and time that clocks in `zone` show at `instant`. */
export function wallTimeAt(instant: Date, zone: string): WallTime {
  const local = new Date(instant.getTime() + tzOffset(zone, instant) * MINUTE);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
  };
}

/**
 * The instants at which clocks in `zone` show this time, earliest first: one on most days, two in the hour that autumn
 * repeats. A time that spring skips has the first instant after the gap (DESIGN section 5).
 */
export function instantsAt(wall: WallTime, zone: string): readonly [Date, ...Date[]] {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  const before = tzOffset(zone, new Date(asUtc - DAY));
  const after = tzOffset(zone, new Date(asUtc + DAY));
  const [first, ...more] = [...new Set([before, after])]
    .map((offset) => ({ instant: new Date(asUtc - offset * MINUTE), offset }))
    .filter(({ instant, offset }) => tzOffset(zone, instant) === offset)
    .map(({ instant }) => instant)
    .sort((a, b) => a.getTime() - b.getTime());
  return first === undefined ? [endOfGap(asUtc - DAY, asUtc + DAY, zone)] : [first, ...more];
}

/** The instant between the two at which the zone's offset changes, to the minute: clock changes fall on whole minutes. */
function endOfGap(from: number, to: number, zone: string): Date {
  const before = tzOffset(zone, new Date(from));
  let early = from / MINUTE;
  let late = to / MINUTE;
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (tzOffset(zone, new Date(middle * MINUTE)) === before) early = middle;
    else late = middle;
  }
  return new Date(late * MINUTE);
}
