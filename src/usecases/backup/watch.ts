import type { Ending } from '../../domain/backup/attempt.ts';
import type { BackupRun } from '../../domain/backup/backup.ts';
import { showBackup } from '../../domain/backup/decision.ts';
import type { Milliseconds } from '../../domain/spec/duration.ts';
import type { BackupOrder, Made } from '../backup-port.ts';
import type { MakeDeps } from './make.ts';

/** How often somebody is looked for who wants it to end, and how often it is said how far it is. */
export interface Pace {
  readonly look: Milliseconds;
  readonly tell: Milliseconds;
}

/** Slack takes a message's fiftieth edit within a minute badly; a person reads one every few seconds. */
export const BACKUP_PACE: Pace = { look: 1_000, tell: 5_000 };

/** Somebody cancelled it, or it is somebody else's now. */
class Cancelled extends Error {}

/** Makes it, saying how far it is, until it is made, has failed, or somebody wants it to end. */
export async function watched(deps: MakeDeps, run: BackupRun, order: BackupOrder, over: AbortSignal): Promise<Ending> {
  const cancelled = new AbortController();
  const ended = new AbortController();
  const far = { bytes: 0, told: 0, tick: 0 };
  const watching = look(deps, run, order, { cancelled, ended: ended.signal, far });
  try {
    const stop = AbortSignal.any([over, cancelled.signal]);
    return endingOf(
      await deps.maker.make(order, stop, (bytes) => {
        far.bytes = bytes;
      }),
    );
  } catch (error) {
    if (cancelled.signal.aborted) return { kind: 'cancelled' };
    if (over.aborted) return { kind: 'interrupted' };
    throw error;
  } finally {
    ended.abort();
    await watching;
  }
}

interface Watch {
  readonly cancelled: AbortController;
  readonly ended: AbortSignal;
  readonly far: { bytes: number; told: number; tick: number };
}

async function look(deps: MakeDeps, run: BackupRun, order: BackupOrder, watch: Watch): Promise<void> {
  const { cancelled, ended, far } = watch;
  let toldAt = performance.now();
  while (!ended.aborted) {
    await pause(deps.pace.look, ended);
    if (ended.aborted) return;
    try {
      const now = await deps.store.backup(run.number);
      if (now?.status !== 'running' || now.id !== order.id) cancelled.abort(new Cancelled());
      if (performance.now() - toldAt < deps.pace.tell || far.bytes === far.told) continue;
      await tell(deps, order, far);
      toldAt = performance.now();
    } catch (err) {
      // It goes on without being told of: what is being made needs nobody to look at it.
      deps.log.warn({ err, backup: run.number }, 'how far a backup is could not be told');
    }
  }
}

async function tell(
  { store, clock }: MakeDeps,
  { number, id, lastBytes: expected }: BackupOrder,
  far: Watch['far'],
): Promise<void> {
  far.tick += 1;
  far.told = far.bytes;
  const progress = { number, id, tick: far.tick, bytes: far.bytes, expected, at: clock.now().toISOString() };
  await store.once(null, (tx) => tx.save({ events: [], backupProgress: [progress], deliveries: [showBackup(number)] }));
}

function pause(ms: Milliseconds, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    ended.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

/** How making it ended, as the log tells it. */
function endingOf(made: Made): Ending {
  return made.ok
    ? { kind: 'sealed', sealed: made.sealed }
    : { kind: 'failed', reason: made.reason, passing: made.passing };
}
