import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../domain/backup/manifest.ts';
import { MANIFEST_FILE } from '../../domain/backup/restore-notes.ts';
import { notThere } from '../files/missing.ts';
import { readManifest } from './manifest.ts';

/** A backup that lies in a folder, by its manifest. */
export interface KeptBackup {
  readonly id: string;
  readonly manifest: Manifest;
  readonly manifestSha256: string;
}

/** What was found of one backup of the spec. */
export interface Kept {
  /** The oldest first. */
  readonly whole: readonly KeptBackup[];
  /** Folders without a manifest that can be read, whatever keeps it from being read: they are no backups. */
  readonly broken: readonly string[];
}

/** Made by us: a time and four letters. Anything else in the folder is somebody else's, and is left alone. */
const ID = /^\d{8}T\d{6}Z-[0-9a-z]{4}$/;

const KEY = /^[a-z][a-z0-9-]*$/;

/** The backups of one key that lie below `root`, whoever made them: the log of Mainstay need not know them. */
export async function keptIn(root: string, backup: string): Promise<Kept> {
  const whole: KeptBackup[] = [];
  const broken: string[] = [];
  for (const id of await idsIn(join(root, backup))) {
    // One that somebody else made, and that may not be read, keeps nobody from the others.
    const kept = await keptAt(join(root, backup, id), id).catch(() => null);
    if (kept === null) broken.push(id);
    else whole.push(kept);
  }
  return { whole, broken };
}

/** One backup; null where no whole one of this id lies. @throws what the file system said, where that cannot be told */
export function keptOf(root: string, backup: string, id: string): Promise<KeptBackup | null> {
  return keptAt(join(root, backup, id), id);
}

async function keptAt(folder: string, id: string): Promise<KeptBackup | null> {
  const text = await readFile(join(folder, MANIFEST_FILE)).catch(notThere);
  const manifest = text === null ? null : readManifest(text.toString('utf8'));
  if (text === null || manifest?.id !== id) return null;
  return { id, manifest, manifestSha256: createHash('sha256').update(text).digest('hex') };
}

/** The keys of which something lies below `root`; only this one, where one is named. */
export async function backupFolders(root: string, key: string | null): Promise<string[]> {
  const names = (await readdir(root).catch(notThere)) ?? [];
  return names.filter((name) => KEY.test(name) && (key === null || name === key)).sort();
}

/** What is about to be swept away is called so: nobody writes into it any more. */
const SWEPT = '.swept-';

/**
 * Takes away what an attempt left, if that is no backup. It is moved aside before it is looked at: whoever made it and is not
 * gone after all can then no longer make it whole.
 *
 * @returns the backup, when it is one: it stays
 */
export async function sweep(root: string, backup: string, id: string): Promise<KeptBackup | null> {
  if (!ID.test(id)) throw new Error(`${id} is no backup of Mainstay`);
  const folder = join(root, backup, id);
  const aside = join(root, backup, `${SWEPT}${id}`);
  await rename(folder, aside).catch(notThere);
  // Also what a sweep left that did not come to its end, or is another's: a backup goes back, whoever moved it aside.
  for (const name of (await readdir(join(root, backup)).catch(notThere)) ?? []) {
    if (!name.startsWith(SWEPT)) continue;
    const found = await keptAt(join(root, backup, name), name.slice(SWEPT.length));
    if (found === null) await rm(join(root, backup, name), { recursive: true, force: true });
    else await rename(join(root, backup, name), join(root, backup, found.id)).catch(notThere);
  }
  return keptAt(folder, id);
}

/** Takes a backup away. Its manifest goes first: without it the rest is none, wherever this ends. */
export async function discard(root: string, backup: string, id: string): Promise<void> {
  if (!ID.test(id)) throw new Error(`${id} is no backup of Mainstay`);
  await rm(join(root, backup, id, MANIFEST_FILE), { force: true });
  await rm(join(root, backup, id), { recursive: true, force: true });
}

/** The folders of attempts at one backup, whole or not, the oldest first. */
export function foldersIn(root: string, backup: string): Promise<string[]> {
  return idsIn(join(root, backup));
}

async function idsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(notThere)) ?? [];
  return names.filter((name) => ID.test(name)).sort();
}
