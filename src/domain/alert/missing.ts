const MINUTE = 60_000;

/**
 * An Alertmanager that was restarted has no alerts until they are told again: each minute or so by Prometheus, each time they are
 * evaluated by others. Before it has run for so long, what it does not have says nothing; ms.
 */
const SETTLES = 10 * MINUTE;
/** Between the first look in which an alert is missing and the one that believes it; ms. */
const APART = 3 * MINUTE;

/** What a look for an alert in the Alertmanagers came to. */
export type MissingReason =
  | 'is-there'
  /** One of them did not answer: it may be there. */
  | 'could-not-ask'
  /** None of them ever had it: it comes from another one, which nobody can ask. */
  | 'never-seen-there'
  | 'just-started'
  | 'missing-first'
  | 'missing-again'
  /** It has ended, and nobody told of it: Alertmanager does not while the alert is silenced. */
  | 'ended-unseen';

/** An alert that fires as far as was told. */
export interface WatchedAlert {
  /** When it was last told of. */
  readonly toldAt: Date;
  /** When it was last found in an Alertmanager; null when it never was. */
  readonly seenAt: Date | null;
  /** When it was first missing in all of them, having been settled; null when it was not since it was last found. */
  readonly missingSince: Date | null;
}

/**
 * Does an alert still fire that nobody tells of? Only what was found before, and is missing in two looks some minutes apart in all
 * Alertmanagers, each having run for long enough before the first of them, has ended.
 *
 * @param upSince since when the last started of them runs; null when one did not answer
 */
export function lookForAlert(
  { toldAt, seenAt, missingSince }: WatchedAlert,
  { isThere, upSince }: { readonly isThere: boolean; readonly upSince: Date | null },
  now: Date,
): MissingReason {
  if (isThere) return 'is-there';
  if (upSince === null) return 'could-not-ask';
  if (seenAt === null) return 'never-seen-there';
  const settled = upSince.getTime() + SETTLES;
  if (now.getTime() < settled) return 'just-started';
  const isKnown = missingSince !== null && missingSince > toldAt && missingSince.getTime() >= settled;
  if (!isKnown) return 'missing-first';
  return now.getTime() - missingSince.getTime() >= APART ? 'ended-unseen' : 'missing-again';
}
