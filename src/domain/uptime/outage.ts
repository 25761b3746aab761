import type { Account, UptimeFacts } from './account.ts';
import { difference, intersection, lengthOf, overlaps, type Stretch } from './stretch.ts';

/** A time the service was down and that counts. Instants and lengths in milliseconds. */
export interface Outage extends Stretch {
  /** What failed in it, by the title of the check, and what it said first. */
  readonly causes: readonly { readonly check: string; readonly detail: string | null }[];
  /** Incidents of the service that were open in it, whatever their severity. */
  readonly incidents: readonly { readonly incident: number; readonly title: string }[];
}

/** Announced work, and what of it was downtime that would have counted. */
export interface ShownExclusion extends Stretch {
  readonly window: number;
  readonly title: string;
  readonly documented: boolean;
  readonly down: number;
}

/** Why nothing is known of some time. */
export type UnknownReason = 'not-connected' | 'could-not-tell' | 'not-asked';

export interface UnknownTime extends Stretch {
  readonly reason: UnknownReason;
}

/** Each time it was down, the first first. */
export function outagesOf({ checks, incidents }: UptimeFacts, { down }: Account): Outage[] {
  return down.map((stretch) => ({
    ...stretch,
    causes: checks.flatMap(({ title, standing }) => {
      const first = standing.down.find((one) => overlaps(one, stretch));
      return first === undefined ? [] : [{ check: title, detail: first.detail }];
    }),
    incidents: incidents
      .filter(({ open }) => open.some((one) => overlaps(one, stretch)))
      .map(({ incident, title }) => ({ incident, title })),
  }));
}

/** Each exclusion by itself, the first first; where two windows overlap both say what they exclude. */
export function exclusionsOf({ checks, incidents, exclusions }: UptimeFacts, { within }: Account): ShownExclusion[] {
  const bad = [...checks.flatMap(({ standing }) => standing.down), ...incidents.flatMap(({ down }) => down)];
  return exclusions
    .flatMap(({ window, title, documented, when }) =>
      intersection(when, [within]).map((stretch) => ({
        ...stretch,
        ...{ window, title, documented },
        down: lengthOf(intersection([stretch], bad)),
      })),
    )
    .toSorted((a, b) => a.from - b.from || a.window - b.window);
}

/** Unknown time with why, the first first. */
export function unknownOf({ checks }: UptimeFacts, { unknown }: Account): UnknownTime[] {
  const away = checks.filter(({ notConnected }) => notConnected !== null);
  if (away.length === checks.length || away.some(({ standing }) => standing.since !== null)) {
    return unknown.map((stretch) => ({ ...stretch, reason: 'not-connected' }));
  }
  const unclear = intersection(
    unknown,
    checks.flatMap(({ standing }) => standing.unclear),
  );
  return [
    ...unclear.map((stretch) => ({ ...stretch, reason: 'could-not-tell' as const })),
    ...difference(unknown, unclear).map((stretch) => ({ ...stretch, reason: 'not-asked' as const })),
  ].toSorted((a, b) => a.from - b.from);
}
