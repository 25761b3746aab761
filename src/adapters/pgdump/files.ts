import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What is not yet whole is called so, and belongs to nobody. */
const PARTIAL = '.partial';

/**
 * Writes a file so that it is either there, whole and on the disk, or not there.
 *
 * @param from what is written, through what
 * @throws what one of them or the disk says; then nothing of it is left
 */
export async function writeWhole(
  path: string,
  from: readonly [Readable, ...Duplex[]],
  signal: AbortSignal,
): Promise<void> {
  const partial = path + PARTIAL;
  const file = createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true });
  try {
    await pipeline([...from, file], { signal });
    await rename(partial, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** What was renamed in it is so also after a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
