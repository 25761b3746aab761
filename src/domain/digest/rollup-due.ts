import { dayAt } from '../duty/planned.ts';
import { occurrences } from '../duty/recurrence.ts';
import type { When } from '../duty/when.ts';
import { CYCLES, type Cycle, lookedBackOn, type Period } from './period.ts';

/** Whether a look back is to be said now, and why. */
export type RollupVerdict =
  | { readonly post: false; readonly reason: 'not-due' }
  | { readonly post: true; readonly reason: 'on-time' | 'late'; readonly dueAt: Date; readonly period: Period };

const DAY = 24 * 60 * 60_000;
const LATE_AFTER = 15 * 60_000;
/** A look back is made up for this long: shorter than the week for which it is known that it was said. */
const LATE_AT_MOST = 5 * DAY;

/** Managers are told of a quarter on the morning after its last day. */
export const MANAGERS_WHEN: When = { every: 'quarter', on: [{ day: 1 }], at: [{ hour: 9, minute: 0 }] };

/** The last look back that fell due, unless that is too long ago. @param zone where a `when` without one is read */
export function rollupVerdict(when: When, zone: string, now: Date): RollupVerdict {
  const from = new Date(now.getTime() - LATE_AT_MOST);
  const cycle = cycleOf(when);
  const last = occurrences(when, { zone, from, to: now }).at(-1);
  if (last === undefined || cycle === undefined) return { post: false, reason: 'not-due' };
  const isLate = now.getTime() - last.at.getTime() > LATE_AFTER;
  return {
    post: true,
    reason: isLate ? 'late' : 'on-time',
    dueAt: last.at,
    period: lookedBackOn(cycle, dayAt(last.at, last.zone), last.zone),
  };
}

/** What a look back covers; undefined for what comes in no week, month or quarter, which the spec's loader refuses. */
export function cycleOf({ every }: When): Cycle | undefined {
  return CYCLES.find((cycle) => cycle === every);
}
