import type { Slo } from '../spec/watching.ts';
import { type Account, accountOf, timesOf, type UptimeFacts } from './account.ts';
import { type Budget, budgetsOf, type Objective } from './budget.ts';
import { type UptimePeriod, uptimePeriod } from './period.ts';
import { intersection, lengthOf, passed } from './stretch.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * When a budget is spent too fast: this share of it in the long time, and as fast in the short one, so that the word stops
 * soon after the trouble does. Shares and times are those of Google's SRE Workbook, chapter 5 ("Alerting on SLOs", table 5-8):
 * 2 % in an hour is 14.4 times the even pace of a month of 30 days, 5 % in six hours 6 times, 10 % in three days once.
 */
const BURNS = [
  { warning: 'fast', share: 0.02, long: HOUR, short: 5 * MINUTE },
  { warning: 'steady', share: 0.05, long: 6 * HOUR, short: 30 * MINUTE },
  { warning: 'slow', share: 0.1, long: 72 * HOUR, short: 6 * HOUR },
] as const;

/** What can be told of a budget, the most urgent first. */
const WARNINGS = ['all', 'half', 'fast', 'steady', 'slow'] as const;
export type BudgetWarningKind = (typeof WARNINGS)[number];

/** One warning of one budget in one period: told once while it stands. */
export interface WarningKey {
  /** Key of the promise. */
  readonly slo: string;
  readonly objective: Objective;
  /** Key of the period: "2026-Q4". */
  readonly period: string;
  readonly warning: BudgetWarningKind;
}

/** What is told of one budget; plain data. Lengths in ms. */
export interface BudgetNews {
  readonly warning: BudgetWarningKind;
  readonly budget: Budget;
  /** What was spent in how long; null of half and all of it. */
  readonly burnt: { readonly spent: number; readonly within: number } | null;
}

/** The news of a promise's budgets, in one message. */
export interface BudgetWarning {
  readonly slo: string;
  readonly title: string;
  /** Name of the service. */
  readonly service: string;
  readonly period: UptimePeriod;
  readonly news: readonly BudgetNews[];
}

/** Why nothing, or something, is told of a budget. */
type WarningReason = 'within-budget' | 'told-already' | 'quiet-muted' | 'quiet-planned' | 'told';

export interface BudgetDecision {
  readonly objective: Objective;
  readonly period: UptimePeriod;
  readonly reason: WarningReason;
  /** To be told now; the most urgent of what is new. */
  readonly news: BudgetNews | null;
  /** New, whether said itself or said with something more urgent. */
  readonly claims: readonly WarningKey[];
  /** No longer so: it is told again when it comes again. */
  readonly over: readonly WarningKey[];
}

interface Asked {
  readonly slo: Slo;
  readonly facts: UptimeFacts;
  readonly zone: string;
  readonly now: Date;
  /** What was told before and still stands. */
  readonly told: readonly WarningKey[];
  /** Why nobody is to be told now. */
  readonly quiet: 'muted' | 'planned' | null;
}

/** What is to be told of the budgets of a promise. That half or all is spent is told once in a period, a burning budget once each time. */
export function decideWarnings({ slo, facts, zone, now, told, quiet }: Asked): BudgetDecision[] {
  const period = uptimePeriod(slo.period, now, zone);
  const account = accountOf(facts, passed(period, now));
  return budgetsOf(slo, timesOf(account), period, now).map((budget) => {
    const key = (warning: BudgetWarningKind) => ({
      slo: slo.key,
      objective: budget.objective,
      period: period.key,
      warning,
    });
    const known = told.filter(({ objective, period: of }) => objective === budget.objective && of === period.key);
    const standing = newsOf(budget, account, facts, now);
    const isTold = (warning: BudgetWarningKind) => known.some((one) => one.warning === warning);
    const fresh = standing.filter(({ warning }) => !isTold(warning));
    const over = known.filter(({ warning }) => !isStill(warning, budget, account, now));
    const base = { objective: budget.objective, period, over };
    if (standing.length === 0) return { ...base, reason: 'within-budget', news: null, claims: [] };
    if (fresh.length === 0) return { ...base, reason: 'told-already', news: null, claims: [] };
    if (quiet !== null) return { ...base, reason: `quiet-${quiet}`, news: null, claims: [] };
    const news = WARNINGS.flatMap((warning) => fresh.find((one) => one.warning === warning) ?? [])[0] ?? null;
    return { ...base, reason: 'told', news, claims: fresh.map(({ warning }) => key(warning)) };
  });
}

/**
 * Is what was told still so? What is spent stays spent. A burning budget is told again only after it was calm for the long
 * time: trouble that comes and goes is one piece of news.
 */
function isStill(warning: BudgetWarningKind, budget: Budget, account: Account, now: Date): boolean {
  const burn = BURNS.find((one) => one.warning === warning);
  return burn === undefined || downIn(burn.long, account, now) >= burn.share * budget.total;
}

/** All that is so of a budget now. When all is spent nothing is left to burn, and when half is, that was so before too. */
function newsOf(budget: Budget, account: Account, facts: UptimeFacts, now: Date): BudgetNews[] {
  if (budget.spent === 0) return [];
  const spent = (warning: 'half' | 'all') => ({ warning, budget, burnt: null });
  if (budget.spent >= budget.total) return [spent('all'), spent('half')];
  const burning = BURNS.filter((burn) => isBurning(burn, budget, account, slowestOf(facts), now)).map(
    ({ warning, long }) => ({ warning, budget, burnt: { spent: downIn(long, account, now), within: long } }),
  );
  return [...burning, ...(budget.spent >= budget.total / 2 ? [spent('half')] : [])];
}

/**
 * A share of the budget that two looks at a check would spend is too small to tell burning from one bad answer: of
 * such a budget half and all are told.
 */
function isBurning(
  { share, long, short }: (typeof BURNS)[number],
  { total }: Budget,
  account: Account,
  slowest: number,
  now: Date,
): boolean {
  const much = share * total;
  if (much < 2 * slowest) return false;
  return downIn(long, account, now) >= much && downIn(short, account, now) >= (much * short) / long;
}

function downIn(length: number, { down }: Account, now: Date): number {
  return lengthOf(intersection(down, [{ from: now.getTime() - length, to: now.getTime() }]));
}

function slowestOf({ checks }: UptimeFacts): number {
  return Math.max(0, ...checks.map(({ every }) => every));
}
