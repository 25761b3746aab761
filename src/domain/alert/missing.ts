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
  | 'ended-unseen'
  /** It was found to have ended so, and is missing as before. */
  | 'stays-ended'
  /** It was found to have ended so, and fires again: nobody tells of that either. */
  | 'fires-again';

/** An alert that fires as far as was told, or that was found to have ended. */
export interface WatchedAlert {
  /** When it was last told of. */
  readonly toldAt: Date;
  /** When it was last found in an Alertmanager; null when it never was. */
  readonly seenAt: Date | null;
  /** When it was first missing in all of them, having been settled; null when it was not since it was last found. */
  readonly missingSince: Date | null;
  /** It was found to have ended, and nobody told of it since. */
  readonly isEnded: boolean;
}

/**
 * Does an alert still fire that nobody tells of? Only what was found before, and is missing in two looks some minutes apart in all
 * Alertmanagers, each having run for long enough before the first of them, has ended.
 *
 * @param upSince since when the last started of them runs; null when one did not answer
 */
export function lookForAlert(
  { toldAt, seenAt, missingSince, isEnded }: WatchedAlert,
  { isThere, upSince }: { readonly isThere: boolean; readonly upSince: Date | null },
  now: Date,
): MissingReason {
  if (isEnded) return isThere ? 'fires-again' : 'stays-ended';
  if (isThere) return 'is-there';
  if (upSince === null) return 'could-not-ask';
  if (seenAt === null) return 'never-seen-there';
  const settled = upSince.getTime() + SETTLES;
  if (now.getTime() < settled) return 'just-started';
  const isKnown = missingSince !== null && missingSince > toldAt && missingSince.getTime() >= settled;
  if (!isKnown) return 'missing-first';
  return now.getTime() - missingSince.getTime() >= APART ? 'ended-unseen' : 'missing-again';
}

/**
 * Is anything to be kept of a look? That an alert was found is, once since it was last told of: from then on it is looked for until it is told
 * of again or has ended, whatever became of what silenced it.
 */
export function isNewsOf({ toldAt, seenAt, missingSince }: WatchedAlert, reason: MissingReason): boolean {
  if (reason === 'is-there') return seenAt === null || seenAt <= toldAt || missingSince !== null;
  return reason === 'missing-first' || reason === 'ended-unseen' || reason === 'fires-again';
}
