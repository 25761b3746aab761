import { dayAt, wallOn } from '../duty/planned.ts';
import { holidayReader } from '../duty/shift.ts';
import { WEEKDAYS } from '../duty/when.ts';
import type { Digest } from '../spec/digest.ts';
import type { OperationsSpec } from '../spec/types.ts';
import { type CalendarDate, type DayNumber, weekdayOf, writtenDate } from '../time/day.ts';
import { instantsAt } from '../time/wall.ts';

type When = Pick<Digest, 'at' | 'days' | 'timezone'>;
type Calendar = Pick<OperationsSpec, 'timezone' | 'holidays'>;

/** Whether a team's digest of this day is to be said now, and why. */
export type DigestVerdict =
  | { readonly post: false; readonly reason: 'not-on-this-weekday' | 'holiday' | 'too-early' }
  /** `late`: nothing ran when it was due; it is made up for on its own day and never later. */
  | { readonly post: true; readonly reason: 'on-time' | 'late'; readonly day: CalendarDate; readonly dueAt: Date };

/** Minutes look at what is due; one that is this much later was kept away. */
const LATE_AFTER = 15 * 60_000;
const MIDNIGHT = { hour: 0, minute: 0 };
/** A stretch of days without a digest is not looked through further than this. */
const FARTHEST_BACK = 14;

/** Is the digest of the day that it is now where the team is to be said? Of a day that has passed nothing is. */
export function digestVerdict(digest: When, spec: Calendar, now: Date): DigestVerdict {
  const zone = digestZone(digest, spec);
  const day = dayAt(now, zone);
  const off = dayOff(digest, spec)(day);
  if (off !== null) return { post: false, reason: off };
  const dueAt = digestTime(digest, spec, day);
  const late = now.getTime() - dueAt.getTime();
  if (late < 0) return { post: false, reason: 'too-early' };
  return { post: true, reason: late > LATE_AFTER ? 'late' : 'on-time', day: writtenDate(day), dueAt };
}

/** When the digest before this day's one was due; that of two weeks ago when there was none since. */
export function digestBefore(digest: When, spec: Calendar, day: DayNumber): Date {
  const off = dayOff(digest, spec);
  let earlier = day - 1;
  while (day - earlier < FARTHEST_BACK && off(earlier) !== null) earlier -= 1;
  return digestTime(digest, spec, earlier);
}

/** The zone whose days and hours the digest goes by. */
export function digestZone({ timezone }: Pick<When, 'timezone'>, spec: Pick<Calendar, 'timezone'>): string {
  return timezone ?? spec.timezone;
}

/** The first instant after a local day. */
export function endOfDay(day: DayNumber, zone: string): Date {
  return instantsAt(wallOn(day + 1, MIDNIGHT), zone)[0];
}

function digestTime(digest: When, spec: Calendar, day: DayNumber): Date {
  return instantsAt(wallOn(day, digest.at), digestZone(digest, spec))[0];
}

/** Weekdays that are named count, holidays among them; working days are Monday to Friday without holidays. */
function dayOff({ days }: When, spec: Calendar): (day: DayNumber) => 'not-on-this-weekday' | 'holiday' | null {
  if (days !== 'working days') {
    const named = days.map((weekday) => WEEKDAYS.indexOf(weekday));
    return (day) => (named.includes(weekdayOf(day)) ? null : 'not-on-this-weekday');
  }
  const holidayOn = holidayReader(spec.holidays);
  return (day) => {
    if ([0, 6].includes(weekdayOf(day))) return 'not-on-this-weekday';
    return holidayOn(day) === undefined ? null : 'holiday';
  };
}
