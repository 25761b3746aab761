import { instantsAt, wallTimeAt } from '../time/wall.ts';

const DAY = 24 * 60 * 60 * 1000;

/**
 * The most recent moment, at or before `now`, at which clocks in `zone` showed this time: today's if it has passed,
 * else yesterday's; of an hour that autumn repeats the later one that has passed.
 */
export function mostRecent(time: { readonly hour: number; readonly minute: number }, zone: string, now: Date): Date {
  const today = wallTimeAt(now, zone);
  const noon = Date.UTC(today.year, today.month - 1, today.day, 12);
  const passed = [0, 1, 2].flatMap((daysAgo) => {
    const day = new Date(noon - daysAgo * DAY);
    const wall = { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate(), ...time };
    return instantsAt(wall, zone).filter((instant) => instant <= now);
  });
  return new Date(Math.max(...passed.map((instant) => instant.getTime())));
}
