/** A day of the calendar as the spec writes it, "2026-03-18". In text so that it sorts, compares and stores as it is. */
export type CalendarDate = string;

/** Days since 1970-01-01, without a zone: what days are counted in. */
type DayNumber = number;

const DAY = 24 * 60 * 60 * 1000;

function writtenDate(number: DayNumber): CalendarDate {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

/** The day a date names, or undefined for what is none: "2026-02-30", "1.3.2026". */
export function readDate(written: CalendarDate): DayNumber | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return undefined;
  const number = Date.parse(`${written}T00:00:00Z`) / DAY;
  return !Number.isNaN(number) && writtenDate(number) === written ? number : undefined;
}
