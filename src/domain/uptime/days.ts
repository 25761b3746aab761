import { wallOn } from '../duty/planned.ts';
import { type CalendarDate, type DayNumber, writtenDate } from '../time/day.ts';
import { instantsAt } from '../time/wall.ts';
import { accountOf, type Times, timesOf, type UptimeFacts } from './account.ts';
import { passed, type Stretch } from './stretch.ts';

/** How a service was on one day of the calendar; milliseconds, which come to what of the day is over. */
export interface ServiceDay extends Times {
  readonly day: CalendarDate;
}

const MIDNIGHT = { hour: 0, minute: 0 };

/** The days of a zone from one to another, both included: 23 hours long in spring, 25 in autumn. */
export function daysBetween(first: DayNumber, last: DayNumber, zone: string): (Stretch & { day: CalendarDate })[] {
  const begins = (day: DayNumber) => instantsAt(wallOn(day, MIDNIGHT), zone)[0].getTime();
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => ({
    day: writtenDate(first + index),
    from: begins(first + index),
    to: begins(first + index + 1),
  }));
}

/** How a service was on each of these days. */
export function serviceDay(facts: UptimeFacts, day: Stretch & { readonly day: CalendarDate }, now: Date): ServiceDay {
  return { day: day.day, ...timesOf(accountOf(facts, passed(day, now))) };
}
