import type { BackupRun } from '../../domain/backup/backup.ts';
import { type CopyEnding, copyStanding, endCopying } from '../../domain/backup/copying.ts';
import type { Backup } from '../../domain/spec/backup.ts';
import { type BackupCopies, CopyFailed } from '../backup-copies-port.ts';
import { type BackupDeps, saveBackup } from './change.ts';

/** What keeping backups works with, beside what every verb of theirs does. */
export interface KeepDeps extends BackupDeps {
  readonly copies: BackupCopies;
  /** The folder that backups are sealed in. */
  readonly root: string;
  /** Takes out of what a store says what nobody may read. */
  readonly redact: (text: string) => string;
}

const SYSTEM = { kind: 'system', job: 'backup-copy' } as const;

/**
 * Copies a sealed backup to where the spec wants it as well. Until that is done the copy here is all there is, and it is tried
 * again and again.
 *
 * @param over aborted when this process ends
 */
export async function copyBackup(
  deps: KeepDeps,
  number: number,
  over: AbortSignal,
): Promise<'over' | 'copied' | 'failed'> {
  const { store, spec, clock } = deps;
  const run = await store.backup(number);
  if (run?.status !== 'sealed') return 'over';
  const backup = spec.current().backups.find(({ key }) => key === run.backup);
  const standing = copyStanding(run, backup, spec.current());
  if (backup === undefined || standing.standing !== 'pending') return 'over';
  const ending = await attempt(deps, run, backup, standing, over);
  return store.once(null, async (tx) => {
    const now = await tx.backup(number);
    if (now?.status !== 'sealed' || now.custody.copy?.storage === standing.storage) return 'over';
    await saveBackup(tx, now, endCopying(now, ending, { actor: SYSTEM, now: clock.now() }));
    return ending.ok ? 'copied' : 'failed';
  });
}

async function attempt(
  { copies, root, redact }: KeepDeps,
  run: BackupRun,
  { retention }: Backup,
  { storage, place }: Extract<ReturnType<typeof copyStanding>, { standing: 'pending' }>,
  over: AbortSignal,
): Promise<CopyEnding> {
  const { sealed } = run;
  if (sealed === null) return { ok: false, storage, reason: 'it was never sealed' };
  const { keep } = retention;
  const keepUntil = keep === null ? null : new Date(Date.parse(sealed.snapshotAt) + keep);
  try {
    const made = await copies.copy(place, { root, backup: run.backup, id: sealed.id, keepUntil }, over);
    return { ok: true, storage, ...made };
  } catch (error) {
    if (!(error instanceof CopyFailed)) throw error;
    return { ok: false, storage, reason: redact(error.message) };
  }
}
