import { availabilityOf } from '../uptime/account.ts';
import type { ServiceDay } from '../uptime/days.ts';
import type { DayMark, DayOnPage } from './page.ts';

/** A day that was down for less than this share of what is known is marked as one with a short interruption. */
const BRIEF = 0.05;

export function dayOnPage(day: ServiceDay): DayOnPage {
  return {
    day: day.day,
    mark: markOf(day),
    up: availabilityOf(day),
    downMs: day.down,
    maintenanceMs: day.excluded,
  };
}

function markOf({ up, down, excluded, unknown, declared = 0 }: ServiceDay): DayMark {
  if (up + down === 0) return excluded > 0 ? 'maintenance' : 'unknown';
  if (down === 0) return 'up';
  // Where only people said that it was down nothing is known of the rest, which is then most likely well.
  return down / (up + down + (declared > 0 ? unknown : 0)) < BRIEF ? 'brief' : 'down';
}

/** Share of the known time in which it was up, from 0 to 1; null when nothing can tell up-time. */
export function availableIn(days: readonly ServiceDay[]): number | null {
  const sum = (one: (day: ServiceDay) => number) => days.reduce((all, day) => all + one(day), 0);
  return availabilityOf({
    up: sum(({ up }) => up),
    down: sum(({ down }) => down),
    declared: sum(({ declared = 0 }) => declared),
  });
}

/** Never rounded up: 99.996 % is not all of it. @param share from 0 to 1 */
export function percentWords(share: number): string {
  if (share === 1) return '100 %';
  return `${(Math.floor(share * 10_000 + 1e-9) / 100).toFixed(2)} %`;
}
