import type { Milliseconds } from '../spec/duration.ts';
import { type Occurrence, occurrences } from './recurrence.ts';
import type { DutyCalendar } from './shift.ts';
import type { When } from './when.ts';

/** Something whose occurrences become rows, each once: a duty its runs, a recurring window its windows. */
export interface Recurring {
  readonly key: string;
  readonly when: When;
  /** How long before it happens an occurrence becomes one. */
  readonly ahead: Milliseconds;
  /** Where and around which days `when` is read. */
  readonly range: { readonly zone: string; readonly calendar?: DutyCalendar };
}

/** How far the occurrences of one have become rows. Every one until `through` is; those after it are not yet. */
export interface Plan {
  readonly key: string;
  /** ISO, UTC. */
  readonly through: string;
  /** Since when the spec has it no more; null while it does. */
  readonly goneSince: string | null;
}

/** What is to be planned now, and how far everything is planned then. */
export interface Step<Thing> {
  readonly occurrences: readonly { readonly thing: Thing; readonly occurrence: Occurrence }[];
  /** Those that changed. */
  readonly plans: readonly Plan[];
  /** There is more than one step takes: the next one goes on from here. */
  readonly more: boolean;
}

const DAY = 86_400_000;
/** Of one step, so that what a long outage left behind is written in pieces. */
const MOST_OCCURRENCES = 500;
/** How far a step looks, for the same reason. */
const FARTHEST = 31 * DAY;
/**
 * What the spec lacked for longer begins anew when it is back. For a shorter time it was mistaken for gone: another
 * instance still had the spec from before.
 */
const GONE_FOR_GOOD = DAY;
/** Plans move on at least this often, so that nobody looks through the same days again and again. */
const STALE = DAY;

/**
 * The occurrences that become rows now: those since the last planning, and those so near that people are told beforehand.
 * What is new in the spec begins now and owes nothing for the past.
 *
 * @param limit how many at most, give or take those at the same instant
 */
export function nextStep<Thing extends Recurring>(
  things: readonly Thing[],
  plans: readonly Plan[],
  now: Date,
  limit: number = MOST_OCCURRENCES,
): Step<Thing> {
  const known = new Map(plans.map((plan) => [plan.key, plan]));
  const parts = things.map((thing) => partOf(thing, known.get(thing.key), now));
  const all = parts
    .flatMap(({ found }) => found)
    .sort((a, b) => a.occurrence.at.getTime() - b.occurrence.at.getTime() || compare(a.thing.key, b.thing.key));
  const cut = all[limit - 1]?.occurrence.at ?? null;
  const taken = cut === null ? all : all.filter(({ occurrence }) => occurrence.at <= cut);

  const written = parts.flatMap(({ thing, before, to, found }): Plan[] => {
    const isCut = cut !== null && found.some(({ occurrence }) => occurrence.at > cut);
    const through = (isCut ? cut : to).toISOString();
    const isSame = before !== undefined && before.goneSince === null && before.through === through;
    return isSame ? [] : [{ key: thing.key, through, goneSince: null }];
  });
  const gone = plans
    .filter((plan) => plan.goneSince === null && !things.some(({ key }) => key === plan.key))
    .map((plan) => ({ ...plan, goneSince: now.toISOString() }));
  const more = taken.length < all.length || parts.some(({ to, horizon }) => to < horizon);
  const isDue = taken.length > 0 || gone.length > 0 || more || parts.some((part) => isStale(part));
  return isDue ? { occurrences: taken, plans: [...written, ...gone], more } : { occurrences: [], plans: [], more };
}

interface Part<Thing> {
  readonly thing: Thing;
  readonly before: Plan | undefined;
  readonly to: Date;
  readonly horizon: Date;
  readonly found: Step<Thing>['occurrences'];
}

function partOf<Thing extends Recurring>(thing: Thing, before: Plan | undefined, now: Date): Part<Thing> {
  const isNew = before === undefined || isGoneForGood(before, now);
  const through = isNew ? now.getTime() : Date.parse(before.through);
  const horizon = new Date(Math.max(through, now.getTime() + thing.ahead));
  const to = new Date(Math.min(horizon.getTime(), through + FARTHEST));
  const found = occurrences(thing.when, { ...thing.range, from: new Date(through + 1), to });
  return { thing, before, to, horizon, found: found.map((occurrence) => ({ thing, occurrence })) };
}

function isGoneForGood({ goneSince }: Plan, now: Date): boolean {
  return goneSince !== null && now.getTime() - Date.parse(goneSince) > GONE_FOR_GOOD;
}

function isStale({ before, to }: Part<unknown>): boolean {
  if (before === undefined || before.goneSince !== null) return true;
  return to.getTime() - Date.parse(before.through) >= STALE;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
