import type { CalendarDate } from '../time/day.ts';

/** In cron's order, so the position is the number of the day. */
export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** The position is the number of the month, less one. */
export const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

/** Which of its kind; the position is the number, less one. */
export const NTHS = ['first', 'second', 'third', 'fourth', 'fifth'] as const;

export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

/**
 * A day of a month, quarter or year. `day` counts from its first day and is above 1 only in months; a fifth weekday
 * that a month does not have does not happen.
 */
export type DayRule =
  | { readonly day: number | 'last' }
  | { readonly weekday: Weekday; readonly nth: 1 | 2 | 3 | 4 | 5 | 'last' };

/** A day of a year: of one month (from 1), or of the whole year where none is named. */
export type DayOfYear = DayRule & { readonly month?: number };

type Days = { readonly at: readonly TimeOfDay[] };

/**
 * When a recurring thing happens, in local time. Lists are in order and without repetition. Plain data: it can be
 * stored as JSON and compared.
 *
 * - `minutes` (1 to 60, divides an hour) and cron lines that run in every hour go by the clock's hands and keep their
 *   pace through a clock change: nothing is made up for in the hour that spring skips, and the hour that autumn
 *   repeats has all of its runs twice.
 * - everything else is a list of local times, each of which happens once (see `occurrences`); `hours` (2 to 12, divides
 *   a day) is the list that begins at midnight.
 */
export type Recurrence =
  | ({ readonly every: 'day' } & Days)
  | ({ readonly every: 'weekday' } & Days)
  | ({ readonly every: 'week'; readonly on: readonly Weekday[] } & Days)
  | ({ readonly every: 'month'; readonly on: readonly DayRule[] } & Days)
  | ({ readonly every: 'quarter'; readonly on: readonly DayRule[] } & Days)
  | ({ readonly every: 'year'; readonly on: readonly DayOfYear[] } & Days)
  /** Every `count` days, the first of them `from`. */
  | ({ readonly every: 'days'; readonly count: number; readonly from: CalendarDate } & Days)
  | { readonly every: 'hours'; readonly count: number }
  | { readonly every: 'minutes'; readonly count: number }
  /** Five fields; day of month AND day of week must both match. */
  | { readonly every: 'cron'; readonly cron: string };

/** A `when:` of the spec. Without a zone of its own it is read in the spec's. */
export type When = Recurrence & { readonly timezone?: string };
