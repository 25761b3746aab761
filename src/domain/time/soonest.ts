import { instantsAt, wallTimeAt } from './wall.ts';

const DAY = 24 * 60 * 60 * 1000;

/**
 * The soonest moment after `now` at which clocks in `zone` show this time: today's if it is still to come, else tomorrow's.
 * A time that spring skips is the first instant after the gap.
 */
export function soonest(time: { readonly hour: number; readonly minute: number }, zone: string, now: Date): Date {
  const today = wallTimeAt(now, zone);
  const noon = Date.UTC(today.year, today.month - 1, today.day, 12);
  const coming = [0, 1, 2].flatMap((daysAhead) => {
    const day = new Date(noon + daysAhead * DAY);
    const wall = { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate(), ...time };
    return instantsAt(wall, zone).filter((instant) => instant > now);
  });
  return new Date(Math.min(...coming.map((instant) => instant.getTime())));
}
