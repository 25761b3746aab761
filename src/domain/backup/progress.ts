import type { Milliseconds } from '../spec/duration.ts';
import type { BackupRun } from './backup.ts';

/** How far a backup is, as whoever makes it says from time to time. It is shown and no event: the log keeps what came of it. */
export interface BackupProgress {
  /** Of the run: BK-12. */
  readonly number: number;
  /** The attempt it is about. */
  readonly id: string;
  /** Which word of this attempt it is, from 1 on. */
  readonly tick: number;
  /** Encrypted, and written so far. */
  readonly bytes: number;
  /** As many as the last one of its key had; null for the first. */
  readonly expected: number | null;
  readonly at: string;
}

/** What can be said of it. */
export interface Pace {
  readonly bytes: number;
  /** Bytes a second since it began; null before there is a second. */
  readonly rate: number | null;
  /** Share of what is expected, 0 to 1; null where nothing is, or where it is past it. */
  readonly share: number | null;
  readonly remaining: Milliseconds | null;
}

const SECOND = 1000;

/** How fast it goes, and how long it will take if it gets as big as the last one. */
export function paceOf({ beganAt }: Pick<BackupRun, 'beganAt'>, { bytes, expected, at }: BackupProgress): Pace {
  const since = beganAt === null ? 0 : Date.parse(at) - Date.parse(beganAt);
  const rate = since < SECOND ? null : (bytes / since) * SECOND;
  if (expected === null || expected === 0 || bytes > expected) return { bytes, rate, share: null, remaining: null };
  const remaining = rate === null || rate === 0 ? null : ((expected - bytes) / rate) * SECOND;
  return { bytes, rate, share: bytes / expected, remaining };
}

/** More words than one attempt ever says. */
const TICKS = 10_000;

/** Grows with everything that is shown of a backup: with each event, and between two of them with its progress. */
export function shownVersion(run: BackupRun, progress: BackupProgress | null): number {
  const tick = isOfNow(run, progress) ? progress.tick : 0;
  return run.version * TICKS + Math.min(tick, TICKS - 1);
}

/** Progress of an attempt that is over says nothing of the next one. */
export function isOfNow(run: BackupRun, progress: BackupProgress | null): progress is BackupProgress {
  return progress !== null && progress.id === run.id && (run.status === 'running' || run.status === 'cancelling');
}
