import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../adapters/files/folder.ts';
import { removeScratch, scratchPrefix } from '../adapters/pgrestore/sweep.ts';
import { fetchCopy } from '../adapters/storage/fetch.ts';
import { type KeptBackup, keptIn } from '../adapters/storage/folder.ts';
import { storeAt } from '../adapters/storage/open.ts';
import { StoreFailed } from '../adapters/storage/store.ts';
import type { StorePlace } from '../domain/backup/place.ts';
import { MANIFEST_FILE } from '../domain/backup/restore-notes.ts';

/** Backups where a drill finds them: whole ones, in a folder of this machine. */
export interface DrillCopies {
  readonly from: 'off-site' | 'local';
  readonly root: string;
  readonly whole: readonly KeptBackup[];
  /** Takes away what was brought. */
  remove(): Promise<void>;
}

/** What is asked for: a backup, and the manifest of the one before it. */
interface Asked {
  readonly backup: string;
  readonly id: string;
  readonly previous: string | null;
}

/** Those that lie here anyway. */
export async function copiesHere(root: string, { backup }: Pick<Asked, 'backup'>): Promise<DrillCopies> {
  return { from: 'local', root, whole: (await keptIn(root, backup)).whole, remove: async () => {} };
}

/**
 * Brings a backup from where its copies lie, still encrypted, to where drills are made.
 *
 * @param scratch where: what a killed process leaves there is swept away with its cluster
 * @returns why it could not be brought, in words
 */
export async function copiesFrom(
  place: StorePlace,
  scratch: string,
  asked: Asked,
  stop: AbortSignal,
): Promise<DrillCopies | string> {
  await makeFolder(scratch, 0o755);
  const root = await mkdtemp(join(scratch, await scratchPrefix()));
  try {
    const store = await storeAt(place);
    const bring = async (id: string, only?: string) => {
      const folder = join(root, asked.backup, id);
      await makeFolder(folder, 0o700);
      await fetchCopy(store, { backup: asked.backup, id, ...(only === undefined ? {} : { only }) }, folder, stop);
    };
    await bring(asked.id);
    if (asked.previous !== null) await bring(asked.previous, MANIFEST_FILE);
    const { whole } = await keptIn(root, asked.backup);
    return { from: 'off-site', root, whole, remove: () => removeScratch(root, null) };
  } catch (error) {
    await removeScratch(root, null);
    stop.throwIfAborted();
    if (error instanceof StoreFailed) return error.message;
    throw error;
  }
}
