import { keepingOf } from '../../domain/backup/keeping.ts';
import { type ClockFacts, decideRetention } from '../../domain/backup/retention.ts';
import { copiesDue, lookDue, type Upkeep } from '../../domain/backup/upkeep.ts';
import type { BackupDeps } from './change.ts';
import { copyBackup, type KeepDeps } from './copy.ts';
import { lookAtKept, MOST_KEPT } from './look.ts';
import { pause, pruneKept } from './prune.ts';

/** One of them, as its job knows it. */
export type UpkeepJob =
  | Pick<Extract<Upkeep, { kind: 'copy' }>, 'kind' | 'number'>
  | Pick<Extract<Upkeep, { kind: 'look' }>, 'kind' | 'backup'>;

/** What is due now about backups that were made. */
export async function dueUpkeep({ store, spec, clock }: BackupDeps): Promise<Upkeep[]> {
  const now = clock.now();
  const { backups, timezone: zone } = spec.current();
  const due: Upkeep[] = [];
  for (const backup of backups) {
    const runs = await store.backups({ backup: backup.key, statuses: ['sealed'] }, MOST_KEPT);
    const first = runs.at(-1);
    if (first === undefined) continue;
    due.push(...copiesDue(runs, spec.current(), now));
    const keeping = keepingOf(await store.latestKeeping(backup.key));
    const firstAt = new Date(first.endedAt ?? first.requested.at);
    const look = lookDue(backup, keeping, { firstAt, zone, now });
    if (look !== null) due.push(look);
  }
  return due;
}

/** Does one thing that was found due; what has been done meanwhile is not done again. */
export async function keepUp(deps: KeepDeps, work: UpkeepJob, over: AbortSignal): Promise<string> {
  if (work.kind === 'copy') return copyBackup(deps, work.number, over);
  const backup = deps.spec.current().backups.find(({ key }) => key === work.backup);
  if (backup === undefined) return 'over';
  // What the look itself writes down says nothing of the clock before it.
  const { lastSeenAt } = keepingOf(await deps.store.latestKeeping(backup.key));
  await lookAtKept(deps, backup, over);
  return (await pruneKept(deps, backup, lastSeenAt)).step;
}

/**
 * Withdraws every agreement to delete when this process saw its clock jump: what is old by such a clock may be young.
 *
 * @param clock as this process saw it a minute ago and now
 */
export async function doubtClock(deps: BackupDeps, clock: ClockFacts): Promise<void> {
  const { store, spec } = deps;
  for (const backup of spec.current().backups) {
    const { paused } = decideRetention([], backup.retention, clock);
    const keeping = keepingOf(await store.latestKeeping(backup.key));
    if (paused !== null && keeping.approved !== null) await pause(deps, backup, paused);
  }
}
