import { type DayNumber, dateOf, dayNumber, dayOf, weekdayOf } from '../time/day.ts';
import { type CronLine, readCron } from './cron.ts';
import { type DayOfYear, type Recurrence, type TimeOfDay, WEEKDAYS, type When } from './when.ts';

/** What a `when` says without a zone: days, and times of each of them. */
export interface Timetable {
  readonly times: readonly TimeOfDay[];
  /** Goes by the clock's hands through a clock change (see `Recurrence`). */
  readonly keepsPace: boolean;
  /** The days from `first` on, ascending, each once, without end unless a cron line has one. */
  days(first: DayNumber): Iterable<DayNumber>;
}

/** Taking a cron line apart costs as much as a hundred of its occurrences, and the `when`s of a spec live long. */
const cronLines = new WeakMap<When, CronLine>();

/** The days and times of a `when`. */
export function timetable(when: When): Timetable {
  switch (when.every) {
    case 'cron': {
      const line = cronLines.get(when) ?? readCron(when.cron);
      cronLines.set(when, line);
      return { times: line.times, keepsPace: line.hourly, days: (first) => cronDays(line, first) };
    }
    case 'minutes':
      return { times: fromMidnight(when.count), keepsPace: true, days: (first) => everyNth(1, first) };
    case 'hours':
      return { times: fromMidnight(when.count * 60), keepsPace: false, days: (first) => everyNth(1, first) };
    default:
      return { times: when.at, keepsPace: false, days: (first) => daysFrom(when, first) };
  }
}

function daysFrom(when: Extract<Recurrence, { at: unknown }>, first: DayNumber): Iterable<DayNumber> {
  switch (when.every) {
    case 'day':
      return everyNth(1, first);
    case 'weekday':
      return someWeekdays([1, 2, 3, 4, 5], first);
    case 'week': {
      const on = when.on.map((weekday) => WEEKDAYS.indexOf(weekday));
      return someWeekdays(on, first);
    }
    case 'month':
      return inPeriods(1, when.on, first);
    case 'quarter':
      return inPeriods(3, when.on, first);
    case 'year':
      return inPeriods(12, when.on, first);
    case 'days': {
      const from = dayOf(when.from);
      return everyNth(when.count, from + Math.max(0, Math.ceil((first - from) / when.count)) * when.count);
    }
  }
}

function fromMidnight(step: number): TimeOfDay[] {
  return Array.from({ length: 1440 / step }, (_, index) => ({
    hour: Math.floor((index * step) / 60),
    minute: (index * step) % 60,
  }));
}

function* everyNth(count: number, first: DayNumber): Generator<DayNumber> {
  for (let day = first; ; day += count) yield day;
}

function* someWeekdays(numbers: readonly number[], first: DayNumber): Generator<DayNumber> {
  for (let day = first; ; day++) if (numbers.includes(weekdayOf(day))) yield day;
}

function* cronDays(line: CronLine, first: DayNumber): Generator<DayNumber> {
  for (let day = line.dayFrom(first); day !== undefined; day = line.dayFrom(day + 1)) yield day;
}

function* inPeriods(months: 1 | 3 | 12, rules: readonly DayOfYear[], first: DayNumber): Generator<DayNumber> {
  const { year, month } = dateOf(first);
  for (let start = Math.floor((month - 1) / months) * months + 1; ; start += months) {
    const days = rules.flatMap((rule) => dayOfPeriod(rule, year, start, months) ?? []).filter((day) => day >= first);
    yield* [...new Set(days)].sort((a, b) => a - b);
  }
}

/**
 * The day a rule names in the period of so many months that begins with `month`, which may lie beyond the end of
 * `year`; undefined when the period has no such day. A rule that names a month is read inside it.
 */
export function dayOfPeriod(rule: DayOfYear, year: number, month: number, months: number): DayNumber | undefined {
  const start = rule.month === undefined ? month : month + rule.month - 1;
  const first = dayNumber(year, start, 1);
  const last = dayNumber(year, start + (rule.month === undefined ? months : 1), 1) - 1;
  if ('day' in rule) {
    const day = rule.day === 'last' ? last : first + rule.day - 1;
    return day <= last ? day : undefined;
  }
  const wanted = WEEKDAYS.indexOf(rule.weekday);
  if (rule.nth === 'last') return last - ((weekdayOf(last) - wanted + 7) % 7);
  const day = first + ((wanted - weekdayOf(first) + 7) % 7) + 7 * (rule.nth - 1);
  return day <= last ? day : undefined;
}
