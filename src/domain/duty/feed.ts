import type { Duty } from '../spec/duty.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { RunTerms } from './events.ts';
import { occurrences } from './recurrence.ts';
import type { DutyRun } from './run.ts';
import { rangeOf } from './terms.ts';

const DAY = 86_400_000;
const BACK = 30 * DAY;
const AHEAD = 366 * DAY;
/** What falls due very often is shown for these two weeks only, or nothing else would be seen. */
const NEAR = 14 * DAY;
const OFTEN = 2 * (NEAR / DAY);

/** What of a run's terms a calendar shows; the rest costs more to work out than a year of calendar may. */
type ShownTerms = Pick<
  RunTerms,
  | 'duty'
  | 'occurrence'
  | 'title'
  | 'type'
  | 'description'
  | 'dueAt'
  | 'local'
  | 'zone'
  | 'grace'
  | 'checklist'
  | 'runbook'
  | 'evidence'
>;

/** One time at which a team's duty falls due, as calendar programs show it. */
export interface FeedEntry {
  readonly terms: ShownTerms;
  /** Null while the occurrence is not a run yet. */
  readonly run: DutyRun | null;
}

/** The first instant of the past that a feed shows. Whole days, so that it changes once a day only. */
export function feedBegins(now: Date): Date {
  return new Date(startOfDay(now) - BACK);
}

/**
 * What a team's calendar shows at `now`: the runs it is given, with how they stand, and what falls due in the next twelve
 * months. A duty that falls due more than twice a day is shown for two weeks only. Sorted by time, then key.
 *
 * @param runs those of the team due since `feedBegins`, and older ones that are still open
 */
export function teamFeed(spec: OperationsSpec, owner: string, runs: readonly DutyRun[], now: Date): FeedEntry[] {
  const known = new Set(runs.map(nameOf));
  const coming = spec.duties
    .filter((duty) => duty.owner === owner)
    .flatMap((duty) => comingTerms(duty, spec, now))
    .filter((terms) => !known.has(nameOf(terms)));
  const entries: FeedEntry[] = [
    ...runs.map((run) => ({ terms: run, run })),
    ...coming.map((terms) => ({ terms, run: null })),
  ];
  return entries.sort((a, b) => compare(a.terms.dueAt, b.terms.dueAt) || compare(nameOf(a.terms), nameOf(b.terms)));
}

function comingTerms(duty: Duty, spec: OperationsSpec, now: Date): ShownTerms[] {
  const until = (ahead: number) =>
    occurrences(duty.when, { ...rangeOf(duty, spec), from: now, to: new Date(startOfDay(now) + ahead) });
  const near = until(NEAR);
  const shown = near.length > OFTEN ? near : until(AHEAD);
  const { key, title, type, description = null, grace, checklist, runbook = null, evidence } = duty;
  return shown.map(({ key: occurrence, at, local, zone }) => {
    const dueAt = at.toISOString();
    return { duty: key, occurrence, title, type, description, dueAt, local, zone, grace, checklist, runbook, evidence };
  });
}

function nameOf({ duty, occurrence }: Pick<RunTerms, 'duty' | 'occurrence'>): string {
  return `${duty} ${occurrence}`;
}

/** Milliseconds of the first instant of the day, in UTC. */
export function startOfDay(instant: Date): number {
  return Math.floor(instant.getTime() / DAY) * DAY;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
