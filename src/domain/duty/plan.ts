import type { Duty } from '../spec/duty.ts';
import type { OperationsSpec } from '../spec/types.ts';
import { type Occurrence, occurrences } from './recurrence.ts';
import { rangeOf } from './terms.ts';

/** How far the occurrences of a duty have become runs. Every one due until `through` is a run; those after it are not yet. */
export interface DutyPlan {
  /** Key of the duty. */
  readonly duty: string;
  /** ISO, UTC. */
  readonly through: string;
  /** Since when the spec has it no more; null while it does. */
  readonly goneSince: string | null;
}

export interface DutyOccurrence {
  readonly duty: Duty;
  readonly occurrence: Occurrence;
}

/** What is to be planned now, and how far everything is planned then. */
export interface PlanningStep {
  readonly occurrences: readonly DutyOccurrence[];
  /** Those that changed. */
  readonly plans: readonly DutyPlan[];
  /** There is more than one step takes: the next one goes on from here. */
  readonly more: boolean;
}

const DAY = 86_400_000;
/** Of one step, so that what a long outage left behind is written in pieces. */
const MOST_OCCURRENCES = 500;
/** How far a step looks, for the same reason. */
const FARTHEST = 31 * DAY;
/**
 * A duty that the spec lacked for longer begins anew when it is back. For a shorter time it was mistaken for gone: another
 * instance still had the spec from before.
 */
const GONE_FOR_GOOD = DAY;
/** Plans move on at least this often, so that nobody looks through the same days again and again. */
const STALE = DAY;

/**
 * The occurrences that become runs now: due since the last planning, or due so soon that the team is told beforehand. A
 * duty that is new in the spec begins now and owes nothing for the past.
 *
 * @param limit how many at most, give or take those due at the same instant
 */
export function planningStep(
  spec: OperationsSpec,
  plans: readonly DutyPlan[],
  now: Date,
  limit: number = MOST_OCCURRENCES,
): PlanningStep {
  const known = new Map(plans.map((plan) => [plan.duty, plan]));
  const parts = spec.duties.map((duty) => partOf(duty, spec, known.get(duty.key), now));
  const all = parts
    .flatMap(({ found }) => found)
    .sort((a, b) => a.occurrence.at.getTime() - b.occurrence.at.getTime() || compare(a.duty.key, b.duty.key));
  const cut = all[limit - 1]?.occurrence.at ?? null;
  const taken = cut === null ? all : all.filter(({ occurrence }) => occurrence.at <= cut);

  const written = parts.flatMap(({ duty, before, to, found }): DutyPlan[] => {
    const isCut = cut !== null && found.some(({ occurrence }) => occurrence.at > cut);
    const through = (isCut ? cut : to).toISOString();
    const isSame = before !== undefined && before.goneSince === null && before.through === through;
    return isSame ? [] : [{ duty: duty.key, through, goneSince: null }];
  });
  const gone = plans
    .filter((plan) => plan.goneSince === null && !spec.duties.some(({ key }) => key === plan.duty))
    .map((plan) => ({ ...plan, goneSince: now.toISOString() }));
  const more = taken.length < all.length || parts.some(({ to, horizon }) => to < horizon);
  const isDue = taken.length > 0 || gone.length > 0 || more || parts.some((part) => isStale(part));
  return isDue ? { occurrences: taken, plans: [...written, ...gone], more } : { occurrences: [], plans: [], more };
}

interface Part {
  readonly duty: Duty;
  readonly before: DutyPlan | undefined;
  readonly to: Date;
  readonly horizon: Date;
  readonly found: readonly DutyOccurrence[];
}

function partOf(duty: Duty, spec: OperationsSpec, before: DutyPlan | undefined, now: Date): Part {
  const isNew = before === undefined || isGoneForGood(before, now);
  const through = isNew ? now.getTime() : Date.parse(before.through);
  const horizon = new Date(Math.max(through, now.getTime() + (duty.announceBefore ?? 0)));
  const to = new Date(Math.min(horizon.getTime(), through + FARTHEST));
  const found = occurrences(duty.when, { ...rangeOf(duty, spec), from: new Date(through + 1), to });
  return { duty, before, to, horizon, found: found.map((occurrence) => ({ duty, occurrence })) };
}

function isGoneForGood({ goneSince }: DutyPlan, now: Date): boolean {
  return goneSince !== null && now.getTime() - Date.parse(goneSince) > GONE_FOR_GOOD;
}

function isStale({ before, to }: Part): boolean {
  if (before === undefined || before.goneSince !== null) return true;
  return to.getTime() - Date.parse(before.through) >= STALE;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
