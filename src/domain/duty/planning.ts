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
  /** What decided the occurrences, see `basisOf`; null of a plan from before that was kept. */
  readonly basis: string | null;
}

/** What is to be planned now, and how far everything is planned then. */
export interface Step<Thing> {
  readonly occurrences: readonly { readonly thing: Thing; readonly occurrence: Occurrence }[];
  /** Those that changed. */
  readonly plans: readonly Plan[];
  /** Keys of those that now happen at other times: what was made ahead of the old ones may be of no use. */
  readonly changed: readonly string[];
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

  const written = parts.flatMap(({ thing, before, to, found, basis }): Plan[] => {
    const isCut = cut !== null && found.some(({ occurrence }) => occurrence.at > cut);
    const through = (isCut ? cut : to).toISOString();
    const isSame =
      before !== undefined && before.goneSince === null && before.through === through && before.basis === basis;
    return isSame ? [] : [{ key: thing.key, through, goneSince: null, basis }];
  });
  const gone = plans
    .filter((plan) => plan.goneSince === null && !things.some(({ key }) => key === plan.key))
    .map((plan) => ({ ...plan, goneSince: now.toISOString() }));
  const more = taken.length < all.length || parts.some(({ to, horizon }) => to < horizon);
  const isDue = taken.length > 0 || gone.length > 0 || more || parts.some((part) => isStale(part));
  const changed = parts.filter(({ isChanged }) => isChanged).map(({ thing }) => thing.key);
  return isDue
    ? { occurrences: taken, plans: [...written, ...gone], changed, more }
    : { occurrences: [], plans: [], changed: [], more };
}

interface Part<Thing> {
  readonly thing: Thing;
  readonly before: Plan | undefined;
  readonly basis: string;
  readonly isChanged: boolean;
  readonly to: Date;
  readonly horizon: Date;
  readonly found: Step<Thing>['occurrences'];
}

function partOf<Thing extends Recurring>(thing: Thing, before: Plan | undefined, now: Date): Part<Thing> {
  const isNew = before === undefined || isGoneForGood(before, now);
  const basis = basisOf(thing);
  const isChanged = !isNew && before.basis !== null && before.basis !== basis;
  const through = isNew ? now.getTime() : throughOf(before, isChanged ? basis : null, now);
  const horizon = new Date(Math.max(through, now.getTime() + thing.ahead));
  const to = new Date(Math.min(horizon.getTime(), through + FARTHEST));
  const found = occurrences(thing.when, { ...thing.range, from: new Date(through + 1), to });
  return { thing, before, basis, isChanged, to, horizon, found: found.map((occurrence) => ({ thing, occurrence })) };
}

/**
 * From where on it is planned. What happens at other times now is planned again from now on and owes nothing for the past;
 * where only holidays or how far ahead differ, what has fallen due since the last planning is not forgotten.
 *
 * @param changed the new basis; null where it is the same
 */
function throughOf({ through, basis }: Plan, changed: string | null, now: Date): number {
  const planned = Date.parse(through);
  if (changed === null) return planned;
  const isSameWhen = basis?.split('.')[0] === changed.split('.')[0];
  return isSameWhen ? Math.min(planned, now.getTime()) : now.getTime() - 1;
}

/** Tells one set of occurrences, and how far ahead they are planned, from another: first `when`, then all else. */
function basisOf({ when, ahead, range }: Recurring): string {
  return `${digest(JSON.stringify([when, range.zone]))}.${digest(JSON.stringify([range.calendar ?? null, ahead]))}`;
}

/** FNV-1a of 64 bits: nobody has a reason to forge it. */
function digest(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16);
}

function isGoneForGood({ goneSince }: Plan, now: Date): boolean {
  return goneSince !== null && now.getTime() - Date.parse(goneSince) > GONE_FOR_GOOD;
}

function isStale({ before, basis, to }: Part<unknown>): boolean {
  if (before === undefined || before.goneSince !== null || before.basis !== basis) return true;
  return to.getTime() - Date.parse(before.through) >= STALE;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
