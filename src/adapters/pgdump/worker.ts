import type { Manifest } from '../../domain/backup/manifest.ts';
import { type BackupJob, makeBackup } from './make.ts';
import { BackupRefused } from './refused.ts';
import { RowsHidden } from './snapshot.ts';

/**
 * A process of its own that makes one backup, so that neither encrypting nor a fault of it is felt by whoever answers people
 * in Slack. It is told the job over its channel, and ends with whoever began it: nothing half made is left.
 */

/** What it says. */
export type WorkerWord =
  | { readonly kind: 'progress'; readonly bytes: number }
  | { readonly kind: 'made'; readonly manifest: Manifest }
  /** `passing`: the same may succeed later. */
  | { readonly kind: 'failed'; readonly reason: string; readonly passing: boolean };

/** Progress is told this often at most, in milliseconds. */
const EACH = 500;

const stop = new AbortController();
process.on('disconnect', () => stop.abort(new Error('Mainstay was gone')));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => stop.abort(new Error('it was stopped')));
}
// Only Mainstay has the other end of this.
process.once('message', async (job) => {
  await say(await make(job as BackupJob));
  // Whoever began it may have been gone first.
  if (process.connected) process.disconnect();
});

async function make(job: BackupJob): Promise<WorkerWord> {
  let saidAt = Number.NEGATIVE_INFINITY;
  const progress = (bytes: number) => {
    if (performance.now() - saidAt < EACH) return;
    saidAt = performance.now();
    void say({ kind: 'progress', bytes });
  };
  try {
    return { kind: 'made', manifest: await makeBackup(job, stop.signal, progress) };
  } catch (error) {
    const passing = !(error instanceof BackupRefused || error instanceof RowsHidden);
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error), passing };
  }
}

function say(word: WorkerWord): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(word, () => resolve());
    else resolve();
  });
}
