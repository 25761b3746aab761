import type { Slo } from '../spec/watching.ts';
import { sharedTime, type Times } from './account.ts';
import type { UptimePeriod } from './period.ts';

/** The two things a service can promise; each has a budget of its own. */
export type Objective = 'uptime' | 'maxDowntime';

/** How much downtime a promise leaves for a period, and what became of it; ms. */
export interface Budget {
  readonly objective: Objective;
  /** What is promised: percent of `uptime`, milliseconds of `maxDowntime`. */
  readonly target: number;
  readonly total: number;
  readonly spent: number;
  /** Less than nothing when the promise is broken. */
  readonly left: number;
}

/**
 * The budgets of a promise in one of its periods. A longest downtime is a budget as it stands. A share of uptime leaves its
 * remainder of the time that counts: what is known so far, and what is to come. Excluded and unknown time earn none, so that a
 * period that is over has kept its promise exactly when the share of its known time is kept. Where nothing tells up-time,
 * though people said it was down, there is no share to keep: of such a promise only the longest downtime is reckoned.
 *
 * @param times of what of the period is over
 */
export function budgetsOf(
  { uptime, maxDowntime }: Pick<Slo, 'uptime' | 'maxDowntime'>,
  times: Times,
  period: UptimePeriod,
  now: Date,
): Budget[] {
  const toCome = Math.max(0, period.to - Math.max(period.from, now.getTime()));
  const shared = sharedTime(times);
  const counting = shared + toCome;
  const budget = (objective: Objective, target: number, total: number, spent: number): Budget => ({
    objective,
    target,
    total,
    spent,
    left: total - spent,
  });
  return [
    ...(uptime === null || (shared === 0 && times.down > 0)
      ? []
      : [budget('uptime', uptime, Math.round((counting * (100 - uptime)) / 100), shared - times.up)]),
    ...(maxDowntime === null ? [] : [budget('maxDowntime', maxDowntime, maxDowntime, times.down)]),
  ];
}

/** Share of a budget that is left, from 0 to 1; 0 where there is none, or none is left. */
export function shareLeft({ total, left }: Budget): number {
  return total <= 0 ? 0 : Math.max(0, left / total);
}

/** More was spent than there is. */
export function isBroken({ left }: Budget): boolean {
  return left < 0;
}

/** Of several the one with the least left, as a share of it; undefined of none. */
export function tightest(budgets: readonly Budget[]): Budget | undefined {
  return budgets.toSorted((a, b) => a.left / Math.max(a.total, 1) - b.left / Math.max(b.total, 1))[0];
}
