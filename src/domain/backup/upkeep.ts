import { nextOccurrence } from '../duty/recurrence.ts';
import type { When } from '../duty/when.ts';
import type { Backup } from '../spec/backup.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { BackupRun } from './backup.ts';
import { copyStanding } from './copying.ts';
import type { Keeping } from './keeping.ts';
import type { KeptFacts } from './retention.ts';

/** Backups are read every night where the spec does not say when. */
const NIGHTLY: When = { every: 'day', at: [{ hour: 3, minute: 0 }], timezone: 'UTC' };

/** Something that is due; `key` is the same however often that is seen. */
export type Upkeep =
  | { readonly kind: 'copy'; readonly number: number; readonly key: string }
  /** All copies of one backup of the spec are read, and those that had their time go. */
  | { readonly kind: 'look'; readonly backup: string; readonly key: string };

/** Which of these sealed backups are to be copied now. */
export function copiesDue(runs: readonly BackupRun[], spec: OperationsSpec, now: Date): Upkeep[] {
  return runs.flatMap((run): Upkeep[] => {
    const backup = spec.backups.find(({ key }) => key === run.backup);
    const standing = copyStanding(run, backup, spec);
    if (standing.standing !== 'pending' || (standing.dueAt !== null && standing.dueAt > now)) return [];
    return [{ kind: 'copy', number: run.number, key: `copy:${run.number}:${run.version}` }];
  });
}

/**
 * When the copies of one backup were to be read last; null when that was done since.
 *
 * @param firstAt when the first of those that are kept was sealed
 */
export function lookDue(
  { key, verify = NIGHTLY }: Pick<Backup, 'key' | 'verify'>,
  { verified, agreedAt }: Pick<Keeping, 'verified' | 'agreedAt'>,
  { firstAt, zone, now }: { readonly firstAt: Date; readonly zone: string; readonly now: Date },
): Upkeep | null {
  const after = verified?.at ?? firstAt;
  // Somebody agreed that old ones go: they need not wait for the night.
  if (agreedAt !== null) return { kind: 'look', backup: key, key: `look:${key}:${agreedAt.toISOString()}` };
  const next = nextOccurrence(verify, { zone, after });
  if (next === undefined || next.at > now) return null;
  return { kind: 'look', backup: key, key: `look:${key}:${next.at.toISOString()}` };
}

/** A sealed backup, as far as it matters for how long it is kept. */
export function keptFacts(
  run: BackupRun,
  { backup, spec, inUse }: { readonly backup: Backup; readonly spec: OperationsSpec; readonly inUse: string | null },
): KeptFacts {
  const { look } = run.custody;
  const bad = look?.findings.filter(({ verdict }) => verdict !== 'one-key' && verdict !== 'could-not-tell') ?? [];
  const untold = look?.findings.some(({ verdict }) => verdict === 'could-not-tell') ?? true;
  const copies = run.custody.copy === null ? 1 : 2;
  return {
    number: run.number,
    takenAt: new Date(run.sealed?.snapshotAt ?? run.endedAt ?? run.requested.at),
    held: run.custody.held !== null,
    restoreVerified: run.proof?.verdict === 'passed',
    deepVerified: !untold && bad.length === 0,
    damaged: bad.length >= copies,
    inUse,
    pending: copyStanding(run, backup, spec).standing === 'pending',
    // Each is whole by itself: one that needs another is for those who make them in parts.
    needs: null,
  };
}
