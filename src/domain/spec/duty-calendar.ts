import { occurrences } from '../duty/recurrence.ts';
import { type DayNumber, dateOf } from '../time/day.ts';
import { instantsAt } from '../time/wall.ts';
import type { OperationsSpec } from './types.ts';

/** One time at which a duty falls due. */
export interface DueTime {
  /** The duty's key. */
  duty: string;
  title: string;
  /** Team key. */
  owner: string;
  at: Date;
  /** What clocks in `zone` show then: "2026-03-18 10:00". */
  local: string;
  zone: string;
}

type Calendar = Pick<OperationsSpec, 'timezone' | 'duties' | 'holidays' | 'freezes'>;

/** Everything that falls due between two days of the spec's zone, both included; by time, then by key. */
export function dutyCalendar(spec: Calendar, first: DayNumber, last: DayNumber): DueTime[] {
  const zone = spec.timezone;
  const range = { zone, from: startOf(first, zone), to: new Date(startOf(last + 1, zone).getTime() - 1) };
  return spec.duties
    .flatMap(({ key, title, owner, when, onHoliday, onFreeze }) => {
      const calendar = { holidays: spec.holidays, freezes: spec.freezes, onHoliday, onFreeze };
      return occurrences(when, { ...range, calendar }).map((due) => ({
        duty: key,
        title,
        owner,
        at: due.at,
        local: due.local,
        zone: due.zone,
      }));
    })
    .sort((one, other) => one.at.getTime() - other.at.getTime() || compare(one.duty, other.duty));
}

function startOf(day: DayNumber, zone: string): Date {
  return instantsAt({ ...dateOf(day), hour: 0, minute: 0 }, zone)[0];
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
