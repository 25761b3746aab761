import { beginAttempt, type Ending, endAttempt } from '../../domain/backup/attempt.ts';
import { type BackupRun, isOpenBackup } from '../../domain/backup/backup.ts';
import { backupToMake } from '../../domain/backup/request.ts';
import type { Backup } from '../../domain/spec/backup.ts';
import type { Milliseconds } from '../../domain/spec/duration.ts';
import type { BackupMaker, BackupOrder } from '../backup-port.ts';
import type { Logger } from '../log.ts';
import type { Tx } from '../ports.ts';
import { type BackupDeps, saveBackup } from './change.ts';
import { type Pace, watched } from './watch.ts';

export interface MakeDeps extends BackupDeps {
  readonly maker: BackupMaker;
  /** Four letters or digits that nobody else has. */
  readonly chance: () => string;
  readonly pace: Pace;
  readonly log: Pick<Logger, 'warn'>;
}

/** What became of a job. `over`: there was nothing to be made. */
export type MakeReport =
  | { readonly outcome: 'over' | 'sealed' | 'failed' | 'cancelled' }
  | { readonly outcome: 'interrupted' | 'stumbled'; readonly again: Milliseconds };

const SYSTEM = { kind: 'system', job: 'backup' } as const;

/**
 * Makes one attempt at a backup. That it begins is written down first: whoever gets the job and reads that somebody had begun
 * knows that this somebody is gone, and looks at what that one left.
 *
 * @param over aborted when this process ends, or can no longer be sure that the job is its own
 */
export async function makeBackup(deps: MakeDeps, number: number, over: AbortSignal): Promise<MakeReport> {
  const begun = await begin(deps, number);
  if (begun === null) return { outcome: 'over' };
  const { run, order } = begun;
  const made = await watched(deps, run, order, over);
  return deps.store.once<MakeReport>(null, async (tx) => {
    const now = await tx.backup(number);
    // It was given to somebody else meanwhile, who knows nothing of what was made here, unless they took just that.
    if (now === null || now.id !== order.id || (now.status !== 'running' && now.status !== 'cancelling')) {
      const isTaken = now?.status === 'sealed' && now.sealed?.id === order.id;
      if (made.kind === 'sealed' && !isTaken) await deps.maker.discard(run.backup, order.id);
      return { outcome: 'over' };
    }
    return write(deps, tx, now, made);
  });
}

async function write(deps: MakeDeps, tx: Tx, run: BackupRun, ending: Ending): Promise<MakeReport> {
  const decision = endAttempt(run, ending, { actor: SYSTEM, now: deps.clock.now() });
  const { status } = await saveBackup(tx, run, decision);
  const again = decision.events.find(({ body }) => body.kind === 'backup.stumbled')?.body;
  if (again?.kind === 'backup.stumbled') return { outcome: 'stumbled', again: again.again };
  if (status === 'sealed' || status === 'failed' || status === 'cancelled') return { outcome: status };
  return { outcome: 'interrupted', again: 0 };
}

/** The attempt that is to be made; null when there is none. */
async function begin(deps: MakeDeps, number: number): Promise<{ run: BackupRun; order: BackupOrder } | null> {
  const seen = await deps.store.backup(number);
  const left = seen === null ? null : await whatIsLeft(deps, seen);
  const [last = null] = seen === null ? [] : await deps.store.latestBackups([seen.backup], ['sealed'], 1);
  return deps.store.once(null, async (tx) => {
    const run = await tx.backup(number);
    if (run === null) return null;
    const situation = { actor: SYSTEM, now: deps.clock.now() };
    const wanted = backupToMake(run.backup, deps.spec.current());
    const whyNot = wanted.ok ? null : wanted.refusal.message;
    const beginning = beginAttempt(run, { left, whyNot, chance: deps.chance() }, situation);
    if (beginning.kind === 'over') return null;
    const begun = await saveBackup(tx, run, beginning.decision);
    if (beginning.kind === 'ended' || !wanted.ok) return null;
    return { run: begun, order: orderOf(begun, wanted.value, beginning.id, last?.sealed?.bytes ?? null) };
  });
}

function orderOf({ number }: BackupRun, backup: Backup, id: string, lastBytes: number | null): BackupOrder {
  return { backup, number, id, lastBytes };
}

/** What the last attempt left: whoever made it is gone, or was ended before it could tidy up. */
async function whatIsLeft({ maker, clock }: MakeDeps, run: BackupRun) {
  if (!isOpenBackup(run) || run.id === null || run.beganAt === null) return null;
  return maker.leftOf(run, run.id, Math.max(0, clock.now().getTime() - Date.parse(run.beganAt)));
}
