/** A day of the calendar as the spec writes it, "2026-03-18". In text so that it sorts, compares and stores as it is. */
export type CalendarDate = string;

/** Days since 1970-01-01, without a zone: what days are counted in. */
export type DayNumber = number;

const DAY = 24 * 60 * 60 * 1000;

/** @param month counts from 1; a day or month beyond its end runs on into the next, so 2026-13-01 is 2027-01-01. */
export function dayNumber(year: number, month: number, day: number): DayNumber {
  return Date.UTC(year, month - 1, day) / DAY;
}

/** Year, month (from 1) and day of the month. */
export function dateOf(number: DayNumber): { year: number; month: number; day: number } {
  const date = new Date(number * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 0 is Sunday, as in cron. */
export function weekdayOf(number: DayNumber): number {
  return (((number + 4) % 7) + 7) % 7;
}

/** "2026-03-18" */
export function writtenDate(number: DayNumber): CalendarDate {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

/** The day a date names, or undefined for what is none: "2026-02-30", "1.3.2026". */
export function readDate(written: CalendarDate): DayNumber | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return undefined;
  const number = Date.parse(`${written}T00:00:00Z`) / DAY;
  return !Number.isNaN(number) && writtenDate(number) === written ? number : undefined;
}

/** The day a date names that was checked where it was read. @throws RangeError for what is none. */
export function dayOf(date: CalendarDate): DayNumber {
  const number = readDate(date);
  if (number === undefined) throw new RangeError(`"${date}" is not a day of the calendar`);
  return number;
}
