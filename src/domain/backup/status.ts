import { nextOccurrence } from '../duty/recurrence.ts';
import type { Backup } from '../spec/backup.ts';
import type { Milliseconds } from '../spec/duration.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { BackupRun } from './backup.ts';
import type { DrillRun } from './drill.ts';
import type { KeptGlance } from './kept.ts';
import { whyNot } from './request.ts';

/**
 * How a backup of the spec is, the worst last. `not-available`: it is not made here, which is neither good nor bad.
 * `failing`: the last one failed, and what there is may still be young enough. `old`: there is none, or none young enough.
 */
export type BackupHealth = 'not-available' | 'good' | 'failing' | 'old';

const BADNESS: Record<BackupHealth, number> = { 'not-available': 0, good: 1, failing: 2, old: 3 };

/** A backup of the spec, as one sees at a glance how it is. */
export interface BackupGlance {
  readonly key: string;
  readonly title: string;
  readonly owner: string | null;
  readonly health: BackupHealth;
  /** Greater is worse. */
  readonly badness: number;
  /** Why it is not available, failing or old; null when it is good. */
  readonly reason: string | null;
  /** The last whole one. */
  readonly last: BackupRun | null;
  /** Since the last whole one was begun: the work that would be lost now. */
  readonly age: Milliseconds | null;
  /** Of the spec; null where it says none. */
  readonly rpo: Milliseconds | null;
  /** When the next one is due; null for one without a calendar. */
  readonly next: Date | null;
  /** The last that was made or failed. */
  readonly ended: BackupRun | null;
  /** The one that is being made. */
  readonly open: BackupRun | null;
  /** The last drill that is over, and how long ago that was. */
  readonly drill: { readonly run: DrillRun; readonly age: Milliseconds } | null;
  /** Bytes of the last whole ones, the oldest first. */
  readonly sizes: readonly number[];
  /** How those that were made are kept; null where nobody looked. */
  readonly kept: KeptGlance | null;
}

/** What is known of a backup of the spec. */
export interface BackupRecord {
  /** Whole ones, the latest first. */
  readonly sealed: readonly BackupRun[];
  /** The last that was made or failed. */
  readonly ended: BackupRun | null;
  readonly open: BackupRun | null;
  /** The last drill that is over. */
  readonly drill: DrillRun | null;
}

/** A planned one may take so long before it counts as not made. */
const GRACE = 3_600_000;

/** How it is now. */
export function glanceAt(
  backup: Backup,
  { sealed, ended, open, drill: run }: BackupRecord,
  { spec, now }: { readonly spec: OperationsSpec; readonly now: Date },
): BackupGlance {
  const last = sealed[0] ?? null;
  // When it was begun, by our own clock: its snapshot was taken right after, by that of the database.
  const from = last?.beganAt ?? null;
  const age = from === null ? null : Math.max(0, now.getTime() - Date.parse(from));
  const rpo = backup.rpo ?? null;
  const { health, reason } = judge();
  const sizes = sealed.flatMap((run) => run.sealed?.bytes ?? []).reverse();
  const { key, title, owner } = backup;
  const drill = run?.endedAt == null ? null : { run, age: Math.max(0, now.getTime() - Date.parse(run.endedAt)) };
  return {
    key,
    title,
    owner: owner ?? null,
    health,
    badness: BADNESS[health],
    reason,
    last,
    age,
    rpo,
    next: nextDue(backup, spec, now),
    ended,
    open,
    drill,
    sizes,
    kept: null,
  };

  function judge(): { readonly health: BackupHealth; readonly reason: string | null } {
    const why = whyNot(backup, spec);
    if (why !== null) return { health: 'not-available', reason: why };
    const failed = ended?.status === 'failed' ? ended.reason : null;
    if (age === null) return { health: 'old', reason: failed ?? 'none was made yet' };
    if (rpo !== null && age > rpo) return { health: 'old', reason: failed ?? 'it is older than may be lost' };
    if (rpo === null && from !== null && isMissing(backup, from, spec, now)) {
      return { health: 'old', reason: failed ?? 'the one that was due after it was not made' };
    }
    return failed === null ? { health: 'good', reason: null } : { health: 'failing', reason: failed };
  }
}

function nextDue({ when }: Backup, { timezone }: OperationsSpec, now: Date): Date | null {
  return when === null ? null : (nextOccurrence(when, { zone: timezone, after: now })?.at ?? null);
}

/** Whether one was due after this one was begun, and is not there. */
function isMissing({ when }: Backup, from: string, { timezone }: OperationsSpec, now: Date): boolean {
  if (when === null) return false;
  const next = nextOccurrence(when, { zone: timezone, after: new Date(from) });
  return next !== undefined && next.at.getTime() + GRACE < now.getTime();
}
