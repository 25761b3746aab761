import { wallTimeAt, writtenWall } from '../time/wall.ts';
import { dayAt, keyOf, type Planned, plannedFrom, plannedOn, wallOn } from './planned.ts';
import { type Cause, type DutyCalendar, mayShift, type ShiftRule, shiftRule } from './shift.ts';
import type { When } from './when.ts';

/** One time at which a recurring thing happens. */
export interface Occurrence {
  /**
   * Tells it from every other occurrence of its `when`, and stays the same when a holiday or freeze moves it: the
   * planned local time, "2026-03-18T10:00", or the instant for what keeps its pace, "2026-03-18T10:00Z".
   */
  readonly key: string;
  /** The planned local time, "2026-03-18 10:00". */
  readonly planned: string;
  readonly at: Date;
  /** What the clock in `zone` shows at `at`. */
  readonly local: string;
  readonly zone: string;
  /** Why `at` is not the planned time; absent where it is. */
  readonly reason?:
    | { readonly kind: 'clock-change' }
    | { readonly kind: 'moved-before' | 'moved-after'; readonly cause: Cause };
}

/** A planned time that does not happen. `at` is when it would have been. */
export interface LeftOut {
  readonly key: string;
  readonly planned: string;
  readonly at: Date;
  readonly zone: string;
  readonly reason:
    | { readonly kind: 'skipped'; readonly cause: Cause }
    /** It would have moved to where the occurrence `by` already is: one run does for both. */
    | { readonly kind: 'covered'; readonly cause: Cause; readonly by: string }
    /** It should have moved, and no day within a year has room for it. */
    | { readonly kind: 'no-day'; readonly cause: Cause };
}

export interface Range {
  /** Where a `when` without a zone of its own is read, and where freezes begin and end: the spec's zone. */
  readonly zone: string;
  /** Both ends are included. */
  readonly from: Date;
  readonly to: Date;
  readonly calendar?: DutyCalendar;
}

/**
 * Everything that happens in the range, sorted by instant. Two planned times that a clock change brings to the same
 * instant are two occurrences ("0,30 2 * * *" in a spring night: two at 03:00); a moved one never lands on another.
 */
export function occurrences(when: When, range: Range): Occurrence[] {
  return schedule(when, range).occurrences;
}

/** What happens in the range, and what was planned in it and does not happen; each with its named reason. */
export function schedule(when: When, range: Range): { occurrences: Occurrence[]; leftOut: LeftOut[] } {
  const zone = when.timezone ?? range.zone;
  // A time that the clock skips at midnight is planned on the day before the one it falls on.
  const first = dayAt(range.from, zone) - 1;
  const last = dayAt(range.to, zone);
  const inRange = ({ at }: { at: Date }) => at >= range.from && at <= range.to;
  if (range.calendar === undefined || !mayShift(range.calendar)) {
    const all = plannedOn(when, zone, first, last).filter(inRange);
    return { occurrences: all.map((planned) => asPlanned(planned, zone)), leftOut: [] };
  }
  const rule = shiftRule(range.calendar, zone, range.zone);
  return shifted(plannedOn(when, zone, rule.reach(first, -1), rule.reach(last, 1)), rule, zone, inRange);
}

/** The days in which one is usually found; what is not found there is looked for twice as far, and so on. */
const USUAL_DAYS = {
  minutes: 1 / 24,
  hours: 1,
  day: 1,
  weekday: 3,
  week: 7,
  month: 31,
  quarter: 92,
  year: 366,
  cron: 1,
};
const DAY = 24 * 60 * 60 * 1000;
const A_CENTURY = 36_525 * DAY;

/** The first occurrence later than `after`; undefined when a hundred years have none. */
export function nextOccurrence(
  when: When,
  { zone, after, calendar }: { zone: string; after: Date; calendar?: DutyCalendar },
): Occurrence | undefined {
  if (calendar === undefined || !mayShift(calendar)) return nextPlanned(when, when.timezone ?? zone, after);
  let span = DAY * (when.every === 'days' ? when.count : USUAL_DAYS[when.every]);
  let from = after.getTime() + 1;
  const end = after.getTime() + A_CENTURY;
  while (from <= end) {
    const range = { zone, from: new Date(from), to: new Date(Math.min(from + span, end)), calendar };
    const [next] = occurrences(when, range);
    if (next !== undefined) return next;
    from += span + 1;
    span *= 2;
  }
  return undefined;
}

/** Where nothing is moved, no day need be looked at but those that have something planned. */
function nextPlanned(when: When, zone: string, after: Date): Occurrence | undefined {
  const end = dayAt(new Date(after.getTime() + A_CENTURY), zone);
  for (const { day, all } of plannedFrom(when, zone, dayAt(after, zone) - 1)) {
    if (day > end) return undefined;
    const next = all().find(({ at }) => at > after);
    if (next !== undefined) return asPlanned(next, zone);
  }
  return undefined;
}

function shifted(
  planned: readonly Planned[],
  rule: ShiftRule,
  zone: string,
  inRange: (one: { at: Date }) => boolean,
): { occurrences: Occurrence[]; leftOut: LeftOut[] } {
  const verdicts = planned.map((one) => ({ one, verdict: rule.judge(one) }));
  const staying = verdicts.flatMap(({ one, verdict }) => (verdict.kind === 'stays' ? [one] : []));
  const taken = new Map(staying.map((one) => [one.at.getTime(), one]));
  const happening = staying.filter(inRange).map((one) => asPlanned(one, zone));
  const leftOut: LeftOut[] = [];
  for (const { one, verdict } of verdicts) {
    if (verdict.kind === 'stays') continue;
    const { cause } = verdict;
    const base = { key: keyOf(one), planned: writtenWall(wallOn(one.day, one.time)), at: one.at, zone };
    if (!('at' in verdict)) {
      leftOut.push({ ...base, reason: { kind: verdict.kind, cause } });
      continue;
    }
    const by = taken.get(verdict.at.getTime());
    if (by !== undefined) {
      leftOut.push({ ...base, reason: { kind: 'covered', cause, by: keyOf(by) } });
      continue;
    }
    taken.set(verdict.at.getTime(), one);
    const local = writtenWall(wallTimeAt(verdict.at, zone));
    happening.push({ ...base, at: verdict.at, local, reason: { kind: verdict.kind, cause } });
  }
  return {
    occurrences: happening.filter(inRange).sort((a, b) => a.at.getTime() - b.at.getTime()),
    leftOut: leftOut.filter(inRange),
  };
}

function asPlanned(one: Planned, zone: string): Occurrence {
  const { at, skippedByClock } = one;
  const key = keyOf(one);
  const planned = writtenWall(wallOn(one.day, one.time));
  if (!skippedByClock) return { key, planned, at, local: planned, zone };
  return { key, planned, at, local: writtenWall(wallTimeAt(at, zone)), zone, reason: { kind: 'clock-change' } };
}
