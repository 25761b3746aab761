import { isoWeek, periodName, periodOf } from '../digest/period.ts';
import { dayAt, wallOn } from '../duty/planned.ts';
import type { SloPeriod } from '../spec/watching.ts';
import { type Parsed, problem, understood } from '../text/parsed.ts';
import { type DayNumber, dateOf, dayNumber, weekdayOf } from '../time/day.ts';
import { instantsAt } from '../time/wall.ts';
import type { Stretch } from './stretch.ts';

/** One week, month, quarter or year of the calendar in one zone. It lasts as long as its days do, clock changes included. */
export interface UptimePeriod extends Stretch {
  readonly kind: SloPeriod;
  /** As people type it: 2026-Q4, 2026-11, 2026, 2026-W47. */
  readonly key: string;
  /** "Q4 2026" */
  readonly name: string;
}

const MIDNIGHT = { hour: 0, minute: 0 };

/** The period an instant is in. */
export function uptimePeriod(kind: SloPeriod, at: Date, zone: string): UptimePeriod {
  return onDay(kind, dayAt(at, zone), zone);
}

function onDay(kind: SloPeriod, day: DayNumber, zone: string): UptimePeriod {
  if (kind === 'year') {
    const { year } = dateOf(day);
    const [from] = instantsAt(wallOn(dayNumber(year, 1, 1), MIDNIGHT), zone);
    const [to] = instantsAt(wallOn(dayNumber(year + 1, 1, 1), MIDNIGHT), zone);
    return { kind, key: String(year), name: String(year), from: from.getTime(), to: to.getTime() };
  }
  const period = periodOf(kind, day, zone);
  const { from, before } = period;
  return { kind, key: keyOf(kind, period.first), name: periodName(period), from: from.getTime(), to: before.getTime() };
}

function keyOf(kind: Exclude<SloPeriod, 'year'>, first: DayNumber): string {
  if (kind === 'week') {
    const { week, of } = isoWeek(first);
    return `${of}-W${twoDigits(week)}`;
  }
  const { year, month } = dateOf(first);
  return kind === 'quarter' ? `${year}-Q${(month + 2) / 3}` : `${year}-${twoDigits(month)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

const SHAPES = 'Write `week`, `month`, `quarter`, `year`, or one such as `2026-Q3`, `2026-09`, `2026-W38` or `2026`.';

/** Reads the period that is meant, by its kind (the one that runs now) or by its name. */
export function parsePeriod(typed: string, now: Date, zone: string): Parsed<UptimePeriod> {
  const word = typed.trim().toLowerCase();
  if (word === 'week' || word === 'month' || word === 'quarter' || word === 'year') {
    return understood(uptimePeriod(word, now, zone));
  }
  const day = dayNamed(word);
  if (day === null) return problem(`"${typed.trim()}" is no period. ${SHAPES}`);
  const period = onDay(day.kind, day.first, zone);
  if (period.from > now.getTime()) return problem(`${period.name} has not begun yet. ${SHAPES}`);
  return understood(period);
}

function dayNamed(word: string): { kind: SloPeriod; first: DayNumber } | null {
  const [, year = '', , quarter, month, week] =
    /^(20\d\d)(-(?:q([1-4])|(0[1-9]|1[0-2])|w(0[1-9]|[1-4]\d|5[0-3])))?$/.exec(word) ?? [];
  if (year === '') return null;
  if (quarter !== undefined) {
    return { kind: 'quarter', first: dayNumber(Number(year), Number(quarter) * 3 - 2, 1) };
  }
  if (month !== undefined) return { kind: 'month', first: dayNumber(Number(year), Number(month), 1) };
  if (week !== undefined) return weekNamed(Number(year), Number(week));
  return { kind: 'year', first: dayNumber(Number(year), 1, 1) };
}

/** The first week of a year is the one with its fourth of January (ISO 8601). Null for a 53rd that the year has not. */
function weekNamed(year: number, week: number): { kind: SloPeriod; first: DayNumber } | null {
  const fourth = dayNumber(year, 1, 4);
  const first = fourth - ((weekdayOf(fourth) + 6) % 7) + (week - 1) * 7;
  return dateOf(first + 3).year === year ? { kind: 'week', first } : null;
}
