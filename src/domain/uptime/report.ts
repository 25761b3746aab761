import { dayAt } from '../duty/planned.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { Slo, SloPeriod } from '../spec/watching.ts';
import { accountOf, type Times, timesOf, type UptimeFacts } from './account.ts';
import { type Budget, budgetsOf, tightest } from './budget.ts';
import { daysBetween, type ServiceDay, serviceDay } from './days.ts';
import { exclusionsOf, type Outage, outagesOf, type ShownExclusion, type UnknownTime, unknownOf } from './outage.ts';
import { type UptimePeriod, uptimePeriod } from './period.ts';
import { passed } from './stretch.ts';

/** What became of a promise in one period: plain data, small enough to be promised as it is. Instants and lengths in ms. */
export interface UptimeReport {
  /** Key of the promise. */
  readonly slo: string;
  readonly title: string;
  /** Name of the service. */
  readonly service: string;
  readonly period: UptimePeriod;
  /** Up to when it is reckoned. */
  readonly until: number;
  readonly times: Times;
  /** Of the objectives it has; none of a period in which it promises nothing. */
  readonly budgets: readonly Budget[];
  /** The period in which it does. */
  readonly promisedPer: SloPeriod;
  /** The longest first. */
  readonly outages: readonly Outage[];
  readonly exclusions: readonly ShownExclusion[];
  /** The longest first. */
  readonly unknown: readonly UnknownTime[];
  /** Why checks of it cannot be asked here. */
  readonly notConnected: readonly { readonly check: string; readonly reason: string }[];
  readonly days: readonly ServiceDay[];
}

/** What became of it in this period, as far as it has come. */
export function uptimeReport(
  slo: Slo,
  facts: UptimeFacts,
  period: UptimePeriod,
  spec: Pick<OperationsSpec, 'services' | 'timezone'>,
  now: Date,
): UptimeReport {
  const within = passed(period, now);
  const account = accountOf(facts, within);
  const times = timesOf(account);
  const byLength = (a: { from: number; to: number }, b: { from: number; to: number }) =>
    b.to - b.from - (a.to - a.from);
  const lastDay = dayAt(new Date(Math.max(within.from, within.to - 1)), spec.timezone);
  const days = daysBetween(dayAt(new Date(period.from), spec.timezone), lastDay, spec.timezone);
  return {
    slo: slo.key,
    title: slo.title,
    service: spec.services[slo.service]?.name ?? slo.service,
    period,
    until: within.to,
    times,
    budgets: period.kind === slo.period ? budgetsOf(slo, times, period, now) : [],
    promisedPer: slo.period,
    outages: outagesOf(facts, account).toSorted(byLength),
    exclusions: exclusionsOf(facts, account),
    unknown: unknownOf(facts, account).toSorted(byLength),
    notConnected: facts.checks.flatMap(({ title, notConnected }) =>
      notConnected === null ? [] : [{ check: title, reason: notConnected }],
    ),
    days: days.map((day) => serviceDay(facts, day, now)),
  };
}

/** A promise at a glance. */
export interface UptimeGlance {
  readonly slo: string;
  readonly service: string;
  readonly month: Times;
  readonly quarter: Times;
  readonly year: Times;
  /** Of the period it promises for, which runs now. */
  readonly period: UptimePeriod;
  readonly times: Times;
  readonly budgets: readonly Budget[];
  /** A check of it cannot be asked here, so that it is known by the others only. */
  readonly partly: boolean;
}

/** How a promise stands now. */
export function uptimeGlance(
  slo: Slo,
  facts: UptimeFacts,
  spec: Pick<OperationsSpec, 'services' | 'timezone'>,
  now: Date,
): UptimeGlance {
  const times = (kind: SloPeriod) => timesOf(accountOf(facts, passed(uptimePeriod(kind, now, spec.timezone), now)));
  const period = uptimePeriod(slo.period, now, spec.timezone);
  const own = times(slo.period);
  return {
    slo: slo.key,
    service: spec.services[slo.service]?.name ?? slo.service,
    month: times('month'),
    quarter: times('quarter'),
    year: times('year'),
    period,
    times: own,
    budgets: budgetsOf(slo, own, period, now),
    partly: facts.checks.some(({ notConnected }) => notConnected !== null),
  };
}

/** The least budget left first, as a share of it; of those with as much the one of which less is known. */
export function worstPromiseFirst(glances: readonly UptimeGlance[]): UptimeGlance[] {
  return glances
    .map((glance, index) => {
      const worst = tightest(glance.budgets);
      const left = worst === undefined ? 1 : worst.left / Math.max(worst.total, 1);
      return { glance, left, known: glance.times.up + glance.times.down, index };
    })
    .sort((a, b) => a.left - b.left || a.known - b.known || a.index - b.index)
    .map(({ glance }) => glance);
}
