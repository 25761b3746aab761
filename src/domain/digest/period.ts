import { wallOn } from '../duty/planned.ts';
import { MONTHS } from '../duty/when.ts';
import { type DayNumber, dateOf, dayNumber, weekdayOf } from '../time/day.ts';
import { instantsAt } from '../time/wall.ts';

/** What people look back over. */
export const CYCLES = ['week', 'month', 'quarter'] as const;
export type Cycle = (typeof CYCLES)[number];

/** One week, month or quarter of the calendar, in one zone. */
export interface Period {
  readonly cycle: Cycle;
  readonly zone: string;
  /** Its first day, and the one after its last. */
  readonly first: DayNumber;
  readonly end: DayNumber;
  /** Its first instant, and the first after it. */
  readonly from: Date;
  readonly before: Date;
}

const MIDNIGHT = { hour: 0, minute: 0 };
const MONTHS_IN: Record<Exclude<Cycle, 'week'>, number> = { month: 1, quarter: 3 };

/** The period that a day is in. Weeks begin on Monday. */
export function periodOf(cycle: Cycle, day: DayNumber, zone: string): Period {
  const [first, end] = cycle === 'week' ? weekOf(day) : monthsOf(MONTHS_IN[cycle], day);
  const [from] = instantsAt(wallOn(first, MIDNIGHT), zone);
  const [before] = instantsAt(wallOn(end, MIDNIGHT), zone);
  return { cycle, zone, first, end, from, before };
}

export function periodBefore({ cycle, first, zone }: Period): Period {
  return periodOf(cycle, first - 1, zone);
}

/** The period that somebody who looks back on this day means: the one before in its first half, then the one that ends. */
export function lookedBackOn(cycle: Cycle, day: DayNumber, zone: string): Period {
  const period = periodOf(cycle, day, zone);
  const isFirstHalf = day - period.first < (period.end - period.first) / 2;
  return isFirstHalf ? periodBefore(period) : period;
}

/** "Week 47 of 2026", "November 2026", "Q4 2026" */
export function periodName(period: Period): string {
  const { year, month } = dateOf(period.first);
  if (period.cycle === 'week') {
    const { week, of } = isoWeek(period.first);
    return `Week ${week} of ${of}`;
  }
  if (period.cycle === 'quarter') return `Q${(month + 2) / 3} ${year}`;
  return `${monthWord(month)} ${year}`;
}

/** As short as fits under a bar: "W47", "Nov", "Q4". */
export function periodMark(period: Period): string {
  const { month } = dateOf(period.first);
  if (period.cycle === 'week') return `W${isoWeek(period.first).week}`;
  return period.cycle === 'quarter' ? `Q${(month + 2) / 3}` : monthWord(month).slice(0, 3);
}

/** A week is of the year that its Thursday is in (ISO 8601). */
export function isoWeek(monday: DayNumber): { week: number; of: number } {
  const thursday = monday + 3;
  const { year } = dateOf(thursday);
  return { week: Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1, of: year };
}

function weekOf(day: DayNumber): [DayNumber, DayNumber] {
  const monday = day - ((weekdayOf(day) + 6) % 7);
  return [monday, monday + 7];
}

function monthsOf(months: number, day: DayNumber): [DayNumber, DayNumber] {
  const { year, month } = dateOf(day);
  const first = Math.floor((month - 1) / months) * months + 1;
  return [dayNumber(year, first, 1), dayNumber(year, first + months, 1)];
}

function monthWord(month: number): string {
  const word = MONTHS[month - 1] ?? '';
  return word.charAt(0).toUpperCase() + word.slice(1);
}
