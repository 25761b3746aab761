import { createReadStream } from 'node:fs';
import { copyFile, link, open, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../files/folder.ts';
import { type Store, type StoredFile, StoreFailed } from './store.ts';

const PARTIAL = '.partial';

/** A folder that is elsewhere: of another machine, or of another disk. It locks nothing, and computes no checksums. */
export function folderStore(root: string): Store {
  const at = (path: string) => join(root, path);
  return {
    async list(prefix) {
      await refuseMissing(root);
      const found = await allIn(root, prefix);
      return found.filter(({ path }) => !path.endsWith(PARTIAL)).sort((one, other) => (one.path < other.path ? -1 : 1));
    },

    async head(path) {
      const found = await stat(at(path)).catch(unless('ENOENT', path));
      return found === null ? null : { bytes: found.size, crc32: null };
    },

    async put(path, { from }, _keepUntil, stop) {
      stop.throwIfAborted();
      await refuseMissing(root);
      const partial = at(path) + PARTIAL;
      try {
        await makeFolder(dirname(partial), 0o700);
        await copyFile(from, partial);
        await synced(partial);
        // A name that is taken stays whose it is.
        await link(partial, at(path));
        await synced(dirname(partial));
      } catch (error) {
        throw failure(error, path);
      } finally {
        await rm(partial, { force: true });
      }
      return null;
    },

    async *read(path) {
      try {
        for await (const bytes of createReadStream(at(path), { highWaterMark: 2 ** 20 })) yield bytes;
      } catch (error) {
        throw failure(error, path);
      }
    },

    async remove(path) {
      await rm(at(path), { force: true });
      // The last one takes its folder with it.
      await rmdir(dirname(at(path))).catch(() => undefined);
    },

    async sweep(before) {
      const old = await Promise.all(
        (await allIn(root, '')).map(async ({ path }) => {
          if (!path.endsWith(PARTIAL)) return false;
          const found = await stat(at(path)).catch(unless('ENOENT', path));
          if (found === null || found.mtime >= before) return false;
          await rm(at(path), { force: true });
          return true;
        }),
      );
      return old.filter((swept) => swept).length;
    },
  };
}

/** A folder that is not there may be a disk that is not mounted: to make it would be to copy to the wrong one. */
async function refuseMissing(root: string): Promise<void> {
  const found = await stat(root).catch(unless('ENOENT', root));
  if (found?.isDirectory() !== true) throw new StoreFailed('absent', `${root} is no folder; is its disk mounted?`);
}

async function allIn(root: string, prefix: string): Promise<StoredFile[]> {
  const entries = (await readdir(join(root, prefix), { withFileTypes: true }).catch(unless('ENOENT', prefix))) ?? [];
  const found = await Promise.all(
    entries.map(async (entry): Promise<StoredFile[]> => {
      const path = prefix + entry.name;
      if (entry.isDirectory()) return allIn(root, `${path}/`);
      const file = await stat(join(root, path)).catch(unless('ENOENT', path));
      return file === null ? [] : [{ path, bytes: file.size }];
    }),
  );
  return found.flat();
}

async function synced(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function unless(code: string, path: string): (error: unknown) => null {
  return (error) => {
    if (codeOf(error) === code) return null;
    throw failure(error, path);
  };
}

function failure(error: unknown, path: string): StoreFailed {
  const said = `${path}: ${error instanceof Error ? error.message : String(error)}`;
  switch (codeOf(error)) {
    case 'EEXIST':
      return new StoreFailed('occupied', said, { cause: error });
    case 'ENOENT':
      return new StoreFailed('absent', said, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StoreFailed('refused', said, { cause: error });
    default:
      return new StoreFailed('unreachable', said, { cause: error });
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
