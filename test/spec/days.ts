// Days by the words of the documents, read from the Gregorian calendar alone: nothing here knows how Mainstay reads
// a `when`.

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
type Weekday = (typeof WEEKDAYS)[number];

interface Day {
  /** "2026-03-18" */
  written: string;
  weekday: Weekday | undefined;
  /** From 1. */
  date: number;
  /** From 1. */
  month: number;
  daysInMonth: number;
}

/** Is it due on this day? */
export type Due = (day: Day) => boolean;

export function daysOf(year: number, due: Due): string[] {
  const days: Day[] = [];
  for (let month = 1; month <= 12; month++) {
    const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
    for (let date = 1; date <= daysInMonth; date++) {
      const day = new Date(Date.UTC(year, month - 1, date));
      const written = day.toISOString().slice(0, 10);
      days.push({ written, weekday: WEEKDAYS[day.getUTCDay()], date, month, daysInMonth });
    }
  }
  return days.filter(due).map(({ written }) => written);
}

export const everyDay: Due = () => true;

export const every =
  (wanted: Weekday): Due =>
  ({ weekday }) =>
    weekday === wanted;

/** The first, second ... of its kind in the month. */
export const nth =
  (position: number, wanted: Weekday): Due =>
  ({ weekday, date }) =>
    weekday === wanted && Math.ceil(date / 7) === position;

export const last =
  (wanted: Weekday): Due =>
  ({ weekday, date, daysInMonth }) =>
    weekday === wanted && date + 7 > daysInMonth;

export const endOfQuarter: Due = ({ month, date, daysInMonth }) => month % 3 === 0 && date === daysInMonth;

/** In January, April, July and October. */
export const ofQuarter =
  (due: Due): Due =>
  (day) =>
    day.month % 3 === 1 && due(day);

export const ofMonth =
  (month: number, due: Due): Due =>
  (day) =>
    day.month === month && due(day);
