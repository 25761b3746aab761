import { type CalendarEntry, type DutyTimes, fallingDue } from '../duty/upcoming.ts';
import { type DayNumber, dateOf } from '../time/day.ts';
import { instantsAt } from '../time/wall.ts';

/** Everything that falls due between two days of the spec's zone, both included; by time, then by key. */
export function dutyCalendar(spec: DutyTimes, first: DayNumber, last: DayNumber): CalendarEntry[] {
  const zone = spec.timezone;
  return fallingDue(spec, { from: startOf(first, zone), to: new Date(startOf(last + 1, zone).getTime() - 1) });
}

function startOf(day: DayNumber, zone: string): Date {
  return instantsAt({ ...dateOf(day), hour: 0, minute: 0 }, zone)[0];
}
