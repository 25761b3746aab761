import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupFile, Manifest } from '../../domain/backup/manifest.ts';
import { MANIFEST_FILE, NOTES_FILE } from '../../domain/backup/restore-notes.ts';
import type { CopyMade } from '../../usecases/backup-copies-port.ts';
import { hashOf } from './hash.ts';
import { readManifest } from './manifest.ts';
import { type FileToPut, type Store, StoreFailed } from './store.ts';

/** The files here are no longer those that were written, or those there are not those that were sent. */
class CopyDiffers extends Error {
  override readonly name = 'CopyDiffers';
}

/**
 * Copies a sealed backup, its manifest last: without one it is no backup there either. What an earlier attempt has brought
 * there is not sent again. Each file counts when the store's own checksum of it is ours, or when it was read back.
 *
 * @throws CopyDiffers, StoreFailed, what the disk says
 */
export async function copyTo(
  store: Store,
  { folder, keepUntil }: { readonly folder: string; readonly keepUntil: Date | null },
  stop: AbortSignal,
): Promise<CopyMade> {
  const { manifest, own } = await sealedIn(folder);
  const there = `${manifest.backup}/${manifest.id}`;
  await refuseAnother(store, `${there}/${own.name}`, await ours(join(folder, own.name), own));
  let bytes = 0;
  let lockedUntil: Date | null = null;
  for (const file of [...manifest.files, ...(await unlisted(folder)), own]) {
    const local = await ours(join(folder, file.name), file);
    const until = await bring(store, `${there}/${file.name}`, local, { keepUntil, stop });
    bytes += local.bytes;
    lockedUntil = until ?? lockedUntil;
  }
  return { bytes, lockedUntil };
}

/** A copy that is sealed is never written over. @throws CopyDiffers when it is one of another backup */
async function refuseAnother(store: Store, path: string, own: Local): Promise<void> {
  if ((await comparison(store, path, own)) === 'other') throw new CopyDiffers(`${path} is that of another backup`);
}

interface Local extends FileToPut {
  readonly crc32: string;
}

/** A file that was harmed on its way is sent once more. @throws CopyDiffers */
async function bring(
  store: Store,
  path: string,
  local: Local,
  { keepUntil, stop }: { readonly keepUntil: Date | null; readonly stop: AbortSignal },
): Promise<Date | null> {
  const found = await comparison(store, path, local);
  if (found === 'same') return null;
  // Without a manifest beside it, it is what an attempt has left, and no backup.
  if (found === 'other') await store.remove(path);
  const until = await put(store, path, local, { keepUntil, stop });
  if ((await comparison(store, path, local)) === 'same') return until;
  await store.remove(path);
  throw new CopyDiffers(`${path} did not arrive as it was sent`);
}

async function put(
  store: Store,
  path: string,
  local: Local,
  { keepUntil, stop }: { readonly keepUntil: Date | null; readonly stop: AbortSignal },
): Promise<Date | null> {
  try {
    return await store.put(path, local, keepUntil, stop);
  } catch (error) {
    // The answer to a first request was lost, and the second found what the first had written: it is looked at next.
    if (error instanceof StoreFailed && error.fault === 'occupied') return null;
    throw error;
  }
}

async function comparison(store: Store, path: string, local: Local): Promise<'none' | 'same' | 'other'> {
  const head = await store.head(path);
  if (head === null) return 'none';
  if (head.bytes !== local.bytes) return 'other';
  const same =
    head.crc32 === null ? (await hashOf(store.read(path))).sha256 === local.sha256 : head.crc32 === local.crc32;
  return same ? 'same' : 'other';
}

/** The sealed backup of a folder, and its manifest as a file of it. @throws CopyDiffers when it has none */
async function sealedIn(folder: string): Promise<{ readonly manifest: Manifest; readonly own: BackupFile }> {
  const path = join(folder, MANIFEST_FILE);
  const text = await readFile(path);
  const manifest = readManifest(text.toString('utf8'));
  if (manifest === null) throw new CopyDiffers(`${path} is no manifest of a backup`);
  return {
    manifest,
    own: { name: MANIFEST_FILE, bytes: text.length, sha256: (await hashOf([text])).sha256 },
  };
}

/** How to restore it by hand: no part of what is restored, so the manifest does not count it. */
async function unlisted(folder: string): Promise<BackupFile[]> {
  const { bytes, sha256 } = await hashOf(createReadStream(join(folder, NOTES_FILE)));
  return [{ name: NOTES_FILE, bytes, sha256 }];
}

/** @throws CopyDiffers: what has rotted here is not carried elsewhere */
async function ours(from: string, { bytes, sha256 }: BackupFile): Promise<Local> {
  const found = await hashOf(createReadStream(from, { highWaterMark: 2 ** 20 }));
  if (found.bytes !== bytes || found.sha256 !== sha256) throw new CopyDiffers(`${from} is not as it was written`);
  return { from, ...found };
}
