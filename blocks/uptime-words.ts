import { durationWords } from '../src/domain/text/duration-words.ts';
import { knownShare, type Times } from '../src/domain/uptime/account.ts';
import { type Budget, isBroken, type Objective, shareLeft, tightest } from '../src/domain/uptime/budget.ts';
import type { UnknownReason } from '../src/domain/uptime/outage.ts';

/** A share with as many digits as promises have; what is not all is never rounded up to a hundred. */
export function shareWords(share: number | null): string {
  if (share === null) return 'unknown';
  return share === 1 ? '100 %' : `${(Math.floor(share * 100_000) / 1000).toFixed(3)} %`;
}

/** A share where a whole number does; what is left is never rounded up to all of it, nor down to nothing. */
export function roughly(share: number): string {
  if (share > 0 && share < 0.01) return 'less than 1 %';
  return `${Math.floor(share * 100)} %`;
}

/** How much of the time that counts is known: said only where it is not all. */
export function knownWords(times: Times): string {
  const known = knownShare(times);
  if (known === null || known === 1) return '';
  return known === 0 ? 'nothing is known of it' : `of the ${shareWords(known)} of the time that is known`;
}

/** "99.9 % uptime", "at most 1 h of downtime" */
export const OBJECTIVE_WORDS: Record<Objective, (target: number) => string> = {
  uptime: (target) => `${target} % uptime`,
  maxDowntime: (target) => `at most ${durationWords(target)} of downtime`,
};

/** "12 min of 2 h spent, 1 h 48 min left" */
export function budgetWords(budget: Budget): string {
  const spent = `${budget.spent === 0 ? 'nothing' : durationWords(budget.spent)} of ${durationWords(budget.total)} spent`;
  if (isBroken(budget)) return `${spent}, *broken by ${durationWords(-budget.left)}*`;
  return budget.spent === 0 ? spent : `${spent}, ${durationWords(budget.left)} left`;
}

/** How a promise stands, by the objective that is nearest to broken. */
export function budgetEmoji(budgets: readonly Budget[], times: Times): string {
  const worst = tightest(budgets);
  if (times.up + times.down === 0) return ':white_circle:';
  if (worst === undefined) return ':bar_chart:';
  if (isBroken(worst)) return ':red_circle:';
  if (shareLeft(worst) < 0.25) return ':large_orange_circle:';
  return shareLeft(worst) < 0.5 ? ':large_yellow_circle:' : ':large_green_circle:';
}

export const UNKNOWN_WORDS: Record<UnknownReason, string> = {
  'not-connected': 'a check of it is not connected',
  'could-not-tell': 'it was asked, and nothing could be told',
  'not-asked': 'nobody asked',
};
