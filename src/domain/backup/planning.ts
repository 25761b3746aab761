import { type Occurrence, occurrences } from '../duty/recurrence.ts';
import type { Backup } from '../spec/backup.ts';
import type { BackupGlance } from './status.ts';

/** How far a backup of the spec is planned, and what was told of it last. */
export interface BackupPlan {
  readonly key: string;
  /** Since when the spec has it: nothing from before is asked for. */
  readonly since: string;
  /** Everything due until then was looked at. */
  readonly through: string;
  /** What its owners were woken for last; null while it is as it should be. */
  readonly alarm: string | null;
}

export interface BackupDue {
  /** The one to be made; null when none is due. Of several that fell due while nobody looked one is made, the latest. */
  readonly occurrence: Occurrence | null;
  /** How many fell due before it and are not made. */
  readonly missed: number;
}

/** An outage that was longer than this began with it. */
const LONGEST_OUTAGE = 400 * 86_400_000;

/** A plan for one that the spec has from now on. */
export function newPlan(key: string, now: Date): BackupPlan {
  return { key, since: now.toISOString(), through: now.toISOString(), alarm: null };
}

/** What fell due since it was looked at last. A clock that was set back finds nothing twice. */
export function dueSince(plan: BackupPlan, { when }: Backup, zone: string, now: Date): BackupDue {
  const from = Math.max(Date.parse(plan.through) + 1, now.getTime() - LONGEST_OUTAGE);
  if (when === null || from > now.getTime()) return { occurrence: null, missed: 0 };
  const due = occurrences(when, { zone, from: new Date(from), to: now });
  return { occurrence: due.at(-1) ?? null, missed: Math.max(0, due.length - 1) };
}

/** Whom to wake for what: the words that tell one alarm from another, and a title. */
export interface BackupAlarm {
  readonly alarm: string;
  readonly title: string;
  readonly detail: string;
}

/** A planned one may take so long before it counts as not made. */
const GRACE = 3_600_000;

/**
 * What is to be told of it now; null when nothing is. One that is being made is waited for. One of which none was made yet is no
 * alarm before the first was due an hour ago.
 */
export function alarmOf(
  glance: BackupGlance,
  plan: BackupPlan,
  backup: Backup,
  zone: string,
  now: Date,
): BackupAlarm | null {
  const { health, title, reason, open, ended, last } = glance;
  if (open !== null || health === 'good' || health === 'not-available') return null;
  const detail = reason ?? '';
  if (ended?.status === 'failed' && (health === 'old' || ended.occurrence !== null)) {
    return { alarm: `failed BK-${ended.number}`, title: `${title}: the backup failed`, detail };
  }
  if (health !== 'old') return unsound(glance);
  if (last !== null) return { alarm: `old BK-${last.number}`, title: `${title}: the last backup is too old`, detail };
  const { occurrence } = dueSince({ ...plan, through: plan.since }, backup, zone, new Date(now.getTime() - GRACE));
  return occurrence === null ? null : { alarm: 'none', title: `${title}: there is no backup`, detail };
}

/** Somebody has to look before the others go the same way; that a key was replaced wakes nobody. */
function unsound({ kept, title, reason }: BackupGlance): BackupAlarm | null {
  if (kept === null || kept.unsound.length === 0) return null;
  const alarm = `unsound ${kept.unsound.map((number) => `BK-${number}`).join()}`;
  return { alarm, title: `${title}: something is wrong with backups that are kept`, detail: reason ?? '' };
}
