import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Store } from './store.ts';

/** Of files we write; nothing else of a store becomes a path here. */
const NAME = /^[A-Za-z][\w.-]*$/;

/**
 * Brings a copy here as it lies there, encrypted. Whether it is what was written is for whoever reads its manifest.
 *
 * @param only this file of it; all of them where none is named
 * @returns how many files were brought: none when there is no such copy
 * @throws StoreFailed, what the disk says, the reason of `stop`
 */
export async function fetchCopy(
  store: Store,
  { backup, id, only }: { readonly backup: string; readonly id: string; readonly only?: string },
  folder: string,
  stop: AbortSignal,
): Promise<number> {
  const prefix = `${backup}/${id}/`;
  const names = (await store.list(prefix)).map(({ path }) => path.slice(prefix.length));
  const wanted = names.filter((name) => NAME.test(name) && (only === undefined || name === only));
  for (const name of wanted) {
    const file = createWriteStream(join(folder, name), { flags: 'wx', mode: 0o600 });
    await pipeline(store.read(prefix + name), file, { signal: stop });
  }
  return wanted.length;
}
