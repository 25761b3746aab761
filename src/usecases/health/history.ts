import type { StoredEvent } from '../../domain/event.ts';
import type { CheckDay } from '../../domain/health/day.ts';
import type { CheckEvent } from '../../domain/health/events.ts';
import type { CheckView } from '../../domain/health/view.ts';
import type { HealthDeps } from './deps.ts';
import { showChecks } from './show.ts';

const DAY = 86_400_000;
const HISTORY_DAYS = 90;
/** Changes that are shown, the newest. */
const MOST_CHANGES = 10;

export interface CheckHistory {
  readonly view: CheckView;
  /** Of each of the last ninety days, oldest first, what is known; null where nothing is. */
  readonly days: readonly (CheckDay | null)[];
  readonly changes: readonly StoredEvent<CheckEvent>[];
}

/** How one check was over the last ninety days, today included; null when the spec has no such check. */
export async function checkHistory(deps: HealthDeps, key: string): Promise<CheckHistory | null> {
  const [view] = await showChecks(deps, [key]);
  if (view === undefined) return null;
  const now = deps.clock.now();
  const dates = Array.from({ length: HISTORY_DAYS }, (_, index) =>
    new Date(now.getTime() - (HISTORY_DAYS - 1 - index) * DAY).toISOString().slice(0, 10),
  );
  const [from = ''] = dates;
  const known = new Map((await deps.checks.days([key], from, now)).map((day) => [day.day, day]));
  const changes: StoredEvent<CheckEvent>[] = [];
  for await (const event of deps.checks.events(key)) {
    changes.push(event);
    if (changes.length > MOST_CHANGES) changes.shift();
  }
  return { view, days: dates.map((date) => known.get(date) ?? null), changes };
}
