import { type DayNumber, dateOf, dayNumber } from '../time/day.ts';
import { clockOn, type WallTime, wallTimeAt, writtenWall } from '../time/wall.ts';
import { timetable } from './timetable.ts';
import type { TimeOfDay, When } from './when.ts';

/** One local time that a `when` names, before holidays and freezes are asked. */
export interface Planned {
  readonly day: DayNumber;
  readonly time: TimeOfDay;
  readonly at: Date;
  /** The clock never shows the planned time on that day. */
  readonly skippedByClock: boolean;
  readonly keepsPace: boolean;
}

/**
 * Everything planned on the local days from `first` to `last`, both included, sorted by instant. The clock rule of
 * DESIGN section 5: a time that spring skips is at the first instant after the gap, a time that autumn repeats is at
 * the first of the two, and what keeps its pace is wherever the hands show its minute.
 */
export function plannedOn(when: When, zone: string, first: DayNumber, last: DayNumber): Planned[] {
  const planned: Planned[] = [];
  for (const { day, all } of plannedFrom(when, zone, first)) {
    if (day > last) break;
    planned.push(...all());
  }
  return planned.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The days from `first` on that have something planned, without end, and what is planned on each, sorted by instant. */
export function* plannedFrom(
  when: When,
  zone: string,
  first: DayNumber,
): Generator<{ readonly day: DayNumber; all(): Planned[] }> {
  const { times, keepsPace, days } = timetable(when);
  for (const day of days(first)) {
    yield {
      day,
      all() {
        const read = clockOn(day, zone);
        const planned: Planned[] = [];
        for (const time of times) {
          const { instants, skipped } = read(wallOn(day, time));
          if (!keepsPace) planned.push({ day, time, at: instants[0], skippedByClock: skipped, keepsPace });
          else if (!skipped)
            for (const at of instants) planned.push({ day, time, at, skippedByClock: false, keepsPace });
        }
        return planned.sort((a, b) => a.at.getTime() - b.at.getTime());
      },
    };
  }
}

export function wallOn(day: DayNumber, time: TimeOfDay): WallTime {
  return { ...dateOf(day), hour: time.hour, minute: time.minute };
}

/** The local day that an instant falls on. */
export function dayAt(instant: Date, zone: string): DayNumber {
  const { year, month, day } = wallTimeAt(instant, zone);
  return dayNumber(year, month, day);
}

/**
 * See `Occurrence.key`. What keeps its pace goes by the instant: in autumn the hands show one local time twice.
 */
export function keyOf({ day, time, at, keepsPace }: Planned): string {
  return keepsPace ? `${at.toISOString().slice(0, 16)}Z` : writtenWall(wallOn(day, time)).replace(' ', 'T');
}
