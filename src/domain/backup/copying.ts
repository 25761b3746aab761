import type { Delivery } from '../delivery.ts';
import type { Backup } from '../spec/backup.ts';
import type { Milliseconds } from '../spec/duration.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { BackupRun } from './backup.ts';
import { type BackupDecision, type BackupSituation, backupEvent, showBackup } from './decision.ts';
import { offSiteOf, type StorePlace } from './place.ts';

const MINUTE = 60_000;
/** How long is waited after each attempt; after the last of these always as long as after it: the copy here is kept meanwhile. */
const PATIENCE: readonly Milliseconds[] = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE];
/** What comes to nothing so often does not pass by itself: a person is told, once. */
const TELL_AT = 3;

/**
 * Where a sealed backup is as to its copy. `none`: the spec wants none. `not-connected`: it wants one in a place that is not
 * here, which is neither good nor bad. `pending`: it is to be copied, and is not yet.
 */
export type CopyStanding =
  | { readonly standing: 'none' | 'copied' }
  | { readonly standing: 'not-connected'; readonly why: string }
  | { readonly standing: 'pending'; readonly storage: string; readonly place: StorePlace; readonly dueAt: Date | null };

/** @param backup of the spec; undefined when it has none of that key any more: then it wants no copy */
export function copyStanding(
  { custody }: Pick<BackupRun, 'custody'>,
  backup: Pick<Backup, 'storage'> | undefined,
  spec: Pick<OperationsSpec, 'targets'>,
): CopyStanding {
  const offSite = backup === undefined ? ({ kind: 'none' } as const) : offSiteOf(backup, spec);
  if (offSite.kind === 'none') return { standing: 'none' };
  if (custody.copy?.storage === offSite.storage) return { standing: 'copied' };
  if (offSite.kind === 'not-connected') return { standing: 'not-connected', why: offSite.why };
  const { storage, place } = offSite;
  return {
    standing: 'pending',
    storage,
    place,
    dueAt: custody.copying === null ? null : new Date(custody.copying.tryAt),
  };
}

/** How an attempt to copy one ended. */
export type CopyEnding =
  | { readonly ok: true; readonly storage: string; readonly bytes: number; readonly lockedUntil: Date | null }
  | { readonly ok: false; readonly storage: string; readonly reason: string };

/** What is written when it ended; what does not pass by itself is said aloud, and so is that it passed after all. */
export function endCopying(
  run: BackupRun,
  ending: CopyEnding,
  situation: Omit<BackupSituation, 'spec'>,
): BackupDecision {
  const failed = run.custody.copying?.failures ?? 0;
  const { storage } = ending;
  if (ending.ok) {
    const { bytes, lockedUntil } = ending;
    const event = backupEvent(situation, {
      kind: 'backup.copied',
      storage,
      bytes,
      lockedUntil: lockedUntil?.toISOString() ?? null,
    });
    const aloud = failed >= TELL_AT ? [tell(run, { type: 'backup-copied', backup: run.number, storage })] : [];
    return { events: [event], deliveries: [showBackup(run.number), ...aloud] };
  }
  const { reason } = ending;
  const again = PATIENCE[Math.min(failed, PATIENCE.length - 1)] ?? MINUTE;
  const event = backupEvent(situation, { kind: 'backup.copy-failed', storage, reason, again });
  const aloud =
    failed + 1 === TELL_AT ? [tell(run, { type: 'backup-not-copied', backup: run.number, storage, reason })] : [];
  return { events: [event], deliveries: [showBackup(run.number), ...aloud] };
}

function tell({ channel }: BackupRun, message: Extract<Delivery, { kind: 'post' }>['message']): Delivery {
  return { kind: 'post', to: { to: 'channel', channel }, message };
}
