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
}

/** The same in milliseconds. */
export interface Times {
  readonly up: number;
  readonly down: number;
  readonly excluded: number;
  readonly unknown: number;
}

/**
 * What a service was when. Excluded is all time of announced work, whatever was answered in it. Of the rest it was down while
 * one check failed or an incident says so; up while every check answered well; and what is left is unknown, never up:
 * nobody asked, Mainstay itself was down, nothing could be told, or no check is there to tell.
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
  const up = checks.length === 0 ? [] : difference(intersection(counted, knownOf(checks, within)), down);
  return { within, up, down, excluded, unknown: difference(counted, [...up, ...down]) };
}

/** When every check told how it was. */
function knownOf(checks: readonly JudgedCheck[], within: Stretch): Stretch[] {
  return checks.reduce<Stretch[]>(
    (known, { standing }) => intersection(known, [...standing.up, ...standing.down]),
    [within],
  );
}

export function timesOf({ up, down, excluded, unknown }: Account): Times {
  return { up: lengthOf(up), down: lengthOf(down), excluded: lengthOf(excluded), unknown: lengthOf(unknown) };
}

/** Share of the known time in which it was up, from 0 to 1; null when nothing is known. */
export function availabilityOf({ up, down }: Pick<Times, 'up' | 'down'>): number | null {
  return up + down === 0 ? null : up / (up + down);
}

/** Of the time that counts, the share of which anything is known; null when no time counts. */
export function knownShare({ up, down, unknown }: Omit<Times, 'excluded'>): number | null {
  const counted = up + down + unknown;
  return counted === 0 ? null : (up + down) / counted;
}
