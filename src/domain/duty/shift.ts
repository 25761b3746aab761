import type { DayShift, Freeze, Holiday } from '../spec/calendar.ts';
import { type DayNumber, dateOf, dayOf, weekdayOf } from '../time/day.ts';
import { instantsAt } from '../time/wall.ts';
import { type Planned, wallOn } from './planned.ts';
import { dayOfPeriod } from './timetable.ts';

/** The days on which a duty does not happen as planned, and what it does instead. */
export interface DutyCalendar {
  readonly holidays: readonly Holiday[];
  readonly freezes: readonly Freeze[];
  readonly onHoliday: DayShift;
  readonly onFreeze: DayShift;
}

/** What stood in the way of the planned day, by the name the spec gives it. */
export interface Cause {
  readonly kind: 'holiday' | 'freeze';
  readonly name: string;
}

type Verdict =
  | { readonly kind: 'stays' }
  | { readonly kind: 'skipped' | 'no-day'; readonly cause: Cause }
  | { readonly kind: 'moved-before' | 'moved-after'; readonly at: Date; readonly cause: Cause };

/** How far a day is looked for: what no day of a year has room for is not moved but left out. */
const FARTHEST_MOVE = 366;
const DAY = 24 * 60 * 60 * 1000;
const MIDNIGHT = { hour: 0, minute: 0 };

/** A calendar that can be asked. */
export interface ShiftRule {
  /**
   * What becomes of a planned time. A holiday is a day where the duty is, a freeze is a stretch of time. Of two shifts
   * that apply, skipping wins, then the holiday's. What moves goes to the nearest day from Monday to Friday, at the
   * same local time, that is no holiday and, unless the duty keeps its time in freezes, not frozen.
   */
  judge(planned: Planned): Verdict;
  /** How far a range of days must be widened so that nothing which moves into it, or shares a day with that, is missed. */
  reach(day: DayNumber, step: 1 | -1): DayNumber;
}

/** False for a calendar that leaves every duty where it is planned, so that nobody need ask it. */
export function mayShift({ holidays, freezes, onHoliday, onFreeze }: DutyCalendar): boolean {
  return (holidays.length > 0 && onHoliday !== 'keep') || (freezes.length > 0 && onFreeze !== 'keep');
}

/**
 * @param zone where the duty is
 * @param specZone where the days of freezes begin and end
 */
export function shiftRule(calendar: DutyCalendar, zone: string, specZone: string): ShiftRule {
  const { onHoliday, onFreeze } = calendar;
  const holidayOn = holidayReader(calendar.holidays);
  const freezes = calendar.freezes.map((freeze) => ({
    name: freeze.name,
    start: startOf(dayOf(freeze.from), specZone),
    end: startOf(dayOf(freeze.to) + 1, specZone),
  }));
  const freezeWithin = (start: number, end: number) =>
    freezes.find((freeze) => freeze.start <= end && freeze.end > start)?.name;
  const isWorkday = (day: DayNumber) => ![0, 6].includes(weekdayOf(day)) && holidayOn(day) === undefined;

  const move = (planned: Planned, shift: 'before' | 'after', cause: Cause): Verdict => {
    const step = shift === 'after' ? 1 : -1;
    for (let days = 1; days <= FARTHEST_MOVE; days++) {
      const day = planned.day + days * step;
      if (!isWorkday(day)) continue;
      const [at] = instantsAt(wallOn(day, planned.time), zone);
      const frozen = onFreeze !== 'keep' && freezeWithin(at.getTime(), at.getTime()) !== undefined;
      if (!frozen) return { kind: `moved-${shift}`, at, cause };
    }
    return { kind: 'no-day', cause };
  };

  return {
    judge(planned) {
      const holiday = onHoliday === 'keep' ? undefined : holidayOn(planned.day);
      const instant = planned.at.getTime();
      const freeze = onFreeze === 'keep' ? undefined : freezeWithin(instant, instant);
      const holidayCause: Cause | undefined = holiday === undefined ? undefined : { kind: 'holiday', name: holiday };
      const freezeCause: Cause | undefined = freeze === undefined ? undefined : { kind: 'freeze', name: freeze };
      if (holidayCause !== undefined && onHoliday === 'skip') return { kind: 'skipped', cause: holidayCause };
      if (freezeCause !== undefined && onFreeze === 'skip') return { kind: 'skipped', cause: freezeCause };
      if (holidayCause !== undefined && (onHoliday === 'before' || onHoliday === 'after'))
        return move(planned, onHoliday, holidayCause);
      if (freezeCause !== undefined && (onFreeze === 'before' || onFreeze === 'after'))
        return move(planned, onFreeze, freezeCause);
      return { kind: 'stays' };
    },
    reach(day, step) {
      let reached = day;
      // The first open day is where moves from beyond the range stop; the second, where those stop that start there.
      for (let open = 0; open < 2 && Math.abs(reached - day) <= FARTHEST_MOVE; ) {
        reached += step;
        // A day either side is more than any zone is away from UTC; too wide a range costs little, and no zone is asked.
        const maybeFrozen = freezeWithin((reached - 1) * DAY, (reached + 2) * DAY) !== undefined;
        if (isWorkday(reached) && !maybeFrozen) open++;
      }
      return reached;
    },
  };
}

/** The name of the holiday that a day is; undefined for most. A reader remembers the years it was asked about. */
export function holidayReader(holidays: readonly Holiday[]): (day: DayNumber) => string | undefined {
  const years = new Map<number, Map<DayNumber, string>>();
  return (day) => {
    const { year } = dateOf(day);
    const known = years.get(year) ?? holidaysOf(year, holidays);
    years.set(year, known);
    return known.get(day);
  };
}

function holidaysOf(year: number, holidays: readonly Holiday[]): Map<DayNumber, string> {
  const days = new Map<DayNumber, string>();
  for (const { name, on } of holidays) {
    const day = typeof on === 'string' ? dayOf(on) : dayOfPeriod(on, year, 1, 12);
    if (day !== undefined && !days.has(day)) days.set(day, name);
  }
  return days;
}

function startOf(day: DayNumber, zone: string): number {
  return instantsAt(wallOn(day, MIDNIGHT), zone)[0].getTime();
}
