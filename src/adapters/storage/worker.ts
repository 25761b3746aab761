import type { CopyFound } from '../../domain/backup/canary.ts';
import type { StorePlace } from '../../domain/backup/place.ts';
import { copyTo } from './copy.ts';
import { storeAt } from './open.ts';
import { readCopy } from './read-copy.ts';
import type { Store } from './store.ts';
import { removeCopy, survey } from './upkeep.ts';

/**
 * A process of its own that copies, reads and removes backups, so that what it reads and hashes is not felt by whoever answers
 * people. It is told one job over its channel, its keys with it, and ends with whoever began it.
 */

/** What it is to do. Times are ISO strings: they go over a channel. */
export type StorageJob =
  | { readonly kind: 'copy'; readonly folder: string; readonly keepUntil: string | null }
  | { readonly kind: 'read'; readonly backup: string; readonly ids: readonly string[] }
  | { readonly kind: 'remove'; readonly backup: string; readonly id: string }
  | { readonly kind: 'survey'; readonly backups: readonly string[]; readonly sweepBefore: string };

/** What each kind of job comes to. */
export interface StorageResults {
  copy: { readonly bytes: number; readonly lockedUntil: string | null };
  read: readonly CopyFound[];
  remove: null;
  survey: { readonly bytes: number; readonly swept: number | null };
}

export interface StorageOrder {
  readonly place: StorePlace;
  readonly job: StorageJob;
}

export type StorageWord =
  | { readonly kind: 'done'; readonly result: StorageResults[keyof StorageResults] }
  | { readonly kind: 'failed'; readonly reason: string };

const stop = new AbortController();
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('SIGTERM', () => stop.abort(new Error('it was stopped')));
// Only Mainstay has the other end of this.
process.once('message', async (order) => {
  const word = await doneWith(order as StorageOrder);
  process.send?.(word, () => process.kill(process.pid, 'SIGKILL'));
});

async function doneWith({ place, job }: StorageOrder): Promise<StorageWord> {
  try {
    return { kind: 'done', result: await work(await storeAt(place), job) };
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

async function work(store: Store, job: StorageJob): Promise<StorageResults[keyof StorageResults]> {
  switch (job.kind) {
    case 'copy': {
      const keepUntil = job.keepUntil === null ? null : new Date(job.keepUntil);
      const { bytes, lockedUntil } = await copyTo(store, { folder: job.folder, keepUntil }, stop.signal);
      return { bytes, lockedUntil: lockedUntil?.toISOString() ?? null };
    }
    case 'read': {
      const found: CopyFound[] = [];
      for (const id of job.ids) found.push(await readCopy(store, job.backup, id));
      return found;
    }
    case 'remove':
      await removeCopy(store, job.backup, job.id);
      return null;
    case 'survey':
      return survey(store, job.backups, new Date(job.sweepBefore));
  }
}
