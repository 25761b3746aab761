import type { ServiceDay } from '../uptime/days.ts';
import type { DayMark, DayOnPage } from './page.ts';

/** A day that was down for less than this share of what is known is marked as one with a short interruption. */
const BRIEF = 0.05;

export function dayOnPage({ day, up, down, excluded }: ServiceDay): DayOnPage {
  const known = up + down;
  return {
    day,
    mark: markOf({ up, down, excluded }),
    up: known === 0 ? null : up / known,
    downMs: down,
    maintenanceMs: excluded,
  };
}

function markOf({ up, down, excluded }: Pick<ServiceDay, 'up' | 'down' | 'excluded'>): DayMark {
  if (up + down === 0) return excluded > 0 ? 'maintenance' : 'unknown';
  if (down === 0) return 'up';
  return down / (up + down) < BRIEF ? 'brief' : 'down';
}

/** Share of the known time in which it was up, from 0 to 1; null when nothing is known. */
export function availableIn(days: readonly ServiceDay[]): number | null {
  const up = days.reduce((sum, day) => sum + day.up, 0);
  const down = days.reduce((sum, day) => sum + day.down, 0);
  return up + down === 0 ? null : up / (up + down);
}

/** Never rounded up: 99.996 % is not all of it. @param share from 0 to 1 */
export function percentWords(share: number): string {
  if (share === 1) return '100 %';
  return `${(Math.floor(share * 10_000 + 1e-9) / 100).toFixed(2)} %`;
}
