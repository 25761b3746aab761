import type { Milliseconds } from '../spec/duration.ts';

/** How long a backup is kept, and how many good ones at least. */
export interface RetentionTerms {
  /** Null for ever. */
  readonly keep: Milliseconds | null;
  /** Never fewer good ones than this, whatever their age. */
  readonly keepAtLeast: number;
}

/** A sealed backup, as far as it matters for how long it is kept. */
export interface KeptFacts {
  /** Of the run: a later backup has a higher one, whatever any clock said. */
  readonly number: number;
  /** When its snapshot was taken, by the clock of its day. */
  readonly takenAt: Date;
  /** A person said why it stays. */
  readonly held: boolean;
  readonly restoreVerified: boolean;
  /** Every byte of it was read and found as it was written. */
  readonly deepVerified: boolean;
  /** Something was found to be wrong with every copy of it: it counts as none. */
  readonly damaged: boolean;
  /** What restores or drills it now. */
  readonly inUse: string | null;
  /** It is to lie elsewhere too, and does not yet. */
  readonly pending: boolean;
  /** The backup without which this one cannot be restored: its base. */
  readonly needs: number | null;
}

/** What clocks say. They are not believed when they contradict each other. */
export interface ClockFacts {
  readonly now: Date;
  /** The latest time that was written down before; null when nothing was. */
  readonly lastSeenAt: Date | null;
  /** How much time has passed since then by a clock that nobody sets; null when no such clock ran that long. */
  readonly passed: Milliseconds | null;
}

type KeepReason =
  | 'for-ever'
  | 'within-its-time'
  | 'among-the-newest'
  | 'held'
  | 'newest-restore-verified'
  | 'newest-deep-verified'
  | 'in-use'
  | 'not-yet-off-site'
  | 'needed-by-later'
  | 'deletion-paused';

type RetentionVerdict =
  | { readonly number: number; readonly keep: true; readonly reason: KeepReason }
  | { readonly number: number; readonly keep: false; readonly reason: 'past-its-time' };

/** `clock-went-back`, `clock-jumped`: by more than clocks are put right. `long-silence`: nothing was written down for so long
 * that it may have been the clock. `times-disagree`: a later backup says that it was taken before an earlier one. */
export type PauseReason = 'clock-went-back' | 'clock-jumped' | 'long-silence' | 'times-disagree';

export interface RetentionDecision {
  /** Why nothing is deleted now, however old it is. */
  readonly paused: PauseReason | null;
  /** One for each, the newest first. */
  readonly verdicts: readonly RetentionVerdict[];
}

const MINUTE = 60_000;
/** Clocks are put right by seconds, and by leap seconds; more than this is somebody's hand or a fault. */
const TOLERANCE = 10 * MINUTE;
/** Mainstay writes something down every day. */
const LONGEST_SILENCE = 36 * 60 * MINUTE;

/**
 * Which backups have had their time. Which is newer is decided by their numbers, never by a clock; age is only asked of a
 * clock that is believed.
 */
export function decideRetention(
  backups: readonly KeptFacts[],
  { keep, keepAtLeast }: RetentionTerms,
  clock: ClockFacts,
): RetentionDecision {
  const newestFirst = [...backups].sort((one, other) => other.number - one.number);
  const good = newestFirst.filter(({ damaged }) => !damaged);
  const newest = new Set(good.slice(0, Math.max(1, keepAtLeast)).map(({ number }) => number));
  const restored = good.find(({ restoreVerified }) => restoreVerified)?.number;
  // Only one that is newer than the last that was restored says more than that one does.
  const read = good.find(({ deepVerified, restoreVerified }) => deepVerified || restoreVerified)?.number;
  const paused = pauseReason(newestFirst, clock);

  const own = (backup: KeptFacts): KeepReason | null => {
    if (backup.held) return 'held';
    if (backup.inUse !== null) return 'in-use';
    if (backup.number === restored) return 'newest-restore-verified';
    if (backup.number === read) return 'newest-deep-verified';
    if (newest.has(backup.number)) return 'among-the-newest';
    if (keep === null) return 'for-ever';
    if (clock.now.getTime() - backup.takenAt.getTime() < keep) return 'within-its-time';
    // Of one that is damaged here there will be no copy.
    if (backup.pending && !backup.damaged) return 'not-yet-off-site';
    return paused === null ? null : 'deletion-paused';
  };
  const reasons = new Map(newestFirst.map((backup) => [backup.number, own(backup)]));
  // A later part comes before its base: once it stays, so does what it needs, however long the chain.
  for (const { number, needs } of newestFirst) {
    if (needs !== null && reasons.get(number) !== null && reasons.get(needs) === null) {
      reasons.set(needs, 'needed-by-later');
    }
  }
  return {
    paused,
    verdicts: newestFirst.map(({ number }) => {
      const reason = reasons.get(number) ?? null;
      return reason === null ? { number, keep: false, reason: 'past-its-time' } : { number, keep: true, reason };
    }),
  };
}

function pauseReason(newestFirst: readonly KeptFacts[], { now, lastSeenAt, passed }: ClockFacts): PauseReason | null {
  const later = newestFirst[0];
  if (later !== undefined && later.takenAt.getTime() - now.getTime() > TOLERANCE) return 'clock-went-back';
  if (lastSeenAt !== null) {
    const walled = now.getTime() - lastSeenAt.getTime();
    if (walled < -TOLERANCE) return 'clock-went-back';
    if (passed !== null && Math.abs(walled - passed) > TOLERANCE) return 'clock-jumped';
    if (passed === null && walled > LONGEST_SILENCE) return 'long-silence';
  }
  const disagree = newestFirst.some(({ takenAt }, index) => {
    const earlier = newestFirst[index + 1];
    return earlier !== undefined && earlier.takenAt.getTime() - takenAt.getTime() > TOLERANCE;
  });
  return disagree ? 'times-disagree' : null;
}
