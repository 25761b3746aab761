import type { Exclusion } from './exclusion.ts';
import type { IncidentDowntime } from './incident-downtime.ts';
import type { Standing } from './standing.ts';
import { difference, intersection, lengthOf, type Stretch, union } from './stretch.ts';

/** One of the checks by which a service is judged. */
interface JudgedCheck {
  readonly key: string;
  readonly title: string;
  /** How often it is asked; ms. */
  readonly every: number;
  /** Why it cannot be asked here; null when it can. */
  readonly notConnected: string | null;
  readonly standing: Standing;
}

/** All that decides whether a service was up. */
export interface UptimeFacts {
  readonly checks: readonly JudgedCheck[];
  readonly incidents: readonly IncidentDowntime[];
  readonly exclusions: readonly Exclusion[];
}

/** Every millisecond of some time in one of four. */
export interface Account {
  readonly within: Stretch;
  readonly up: readonly Stretch[];
  readonly down: readonly Stretch[];
  readonly excluded: readonly Stretch[];
  readonly unknown: readonly Stretch[];
  /** Of what was down, that before any check told anything: people said so, and up-time beside it nobody knows. */
  readonly declared: readonly Stretch[];
}

/** The same in milliseconds. */
export interface Times {
  readonly up: number;
  readonly down: number;
  readonly excluded: number;
  readonly unknown: number;
  /** Of `down`; left out when there is none. */
  readonly declared?: number;
}

type Shared = Pick<Times, 'up' | 'down' | 'declared'>;

/**
 * What a service was when. Excluded is all time of announced work, whatever was answered in it. Of the rest it was down while
 * one check failed or an incident says so; up while every check answered well; and what is left is unknown, never up:
 * nobody asked, Mainstay itself was down, nothing could be told, or no check is there to tell. A check is there from its first
 * answer on: one that is new, or not connected yet, says nothing of what the others knew.
 *
 * @param within nothing of it may be to come
 */
export function accountOf({ checks, incidents, exclusions }: UptimeFacts, within: Stretch): Account {
  const all = [within];
  const excluded = intersection(
    all,
    exclusions.flatMap(({ when }) => when),
  );
  const bad = union([
    ...checks.flatMap(({ standing }) => standing.down),
    ...incidents.flatMap((incident) => incident.down),
  ]);
  const counted = difference(all, excluded);
  const down = intersection(counted, bad);
  const up = difference(intersection(counted, knownOf(checks, within)), down);
  const declared = difference(down, there(checks));
  return { within, up, down, excluded, unknown: difference(counted, [...up, ...down]), declared };
}

/** When every check that was there told how it was, and one was. */
function knownOf(checks: readonly JudgedCheck[], within: Stretch): Stretch[] {
  return checks.reduce<Stretch[]>(
    (known, { standing: { up, down, since } }) =>
      since === null ? known : intersection(known, [{ from: within.from, to: since }, ...up, ...down]),
    intersection([within], there(checks)),
  );
}

/** Since the first of them told anything. */
function there(checks: readonly JudgedCheck[]): Stretch[] {
  const from = Math.min(...checks.flatMap(({ standing }) => standing.since ?? []));
  return from === Number.POSITIVE_INFINITY ? [] : [{ from, to: Number.POSITIVE_INFINITY }];
}

export function timesOf({ up, down, excluded, unknown, declared }: Account): Times {
  const times = { up: lengthOf(up), down: lengthOf(down), excluded: lengthOf(excluded), unknown: lengthOf(unknown) };
  return declared.length === 0 ? times : { ...times, declared: lengthOf(declared) };
}

/** The time up-time is a share of: known, and downtime only where up-time would have been known as well; ms. */
export function sharedTime({ up, down, declared = 0 }: Shared): number {
  return up + down - declared;
}

/** Share of the known time in which it was up, from 0 to 1; null when nothing can tell up-time. */
export function availabilityOf(times: Shared): number | null {
  const shared = sharedTime(times);
  return shared === 0 ? null : times.up / shared;
}

/** Of the time that counts, the share of which anything is known; null when no time counts. */
export function knownShare({ up, down, unknown }: Omit<Times, 'excluded'>): number | null {
  const counted = up + down + unknown;
  return counted === 0 ? null : (up + down) / counted;
}
