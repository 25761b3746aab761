import type { CopyFound } from '../../domain/backup/canary.ts';
import type { BackupFile } from '../../domain/backup/manifest.ts';
import { MANIFEST_FILE, NOTES_FILE } from '../../domain/backup/restore-notes.ts';
import { HEADER_BYTES, locksIn } from '../age/header.ts';
import { hashOf } from './hash.ts';
import { readManifest } from './manifest.ts';
import { type Store, StoreFailed } from './store.ts';

/** Longer is no manifest: ten thousand tables are two megabytes. */
const LONGEST_MANIFEST = 64 * 2 ** 20;

/** Reads a copy to its last byte. What it says is for `judgeCopy` to judge; that a store did not answer is said, not thrown. */
export async function readCopy(store: Store, backup: string, id: string): Promise<CopyFound> {
  try {
    const prefix = `${backup}/${id}/`;
    const names = (await store.list(prefix)).map(({ path }) => path.slice(prefix.length));
    if (names.length === 0) return { kind: 'missing' };
    const files: BackupFile[] = [];
    const locks: Record<string, number | null> = {};
    for (const name of names.filter((one) => one !== MANIFEST_FILE && one !== NOTES_FILE)) {
      const reading = beginning(store.read(prefix + name));
      files.push({ name, ...(await sizeAndHash(reading.bytes)) });
      locks[name] = locksIn(reading.start());
    }
    const manifest = names.includes(MANIFEST_FILE) ? await text(store.read(prefix + MANIFEST_FILE)) : null;
    if (manifest === null) return { kind: 'read', manifestSha256: null, says: null, files, locks };
    const { sha256 } = await hashOf([manifest]);
    return { kind: 'read', manifestSha256: sha256, says: readManifest(manifest.toString('utf8')), files, locks };
  } catch (error) {
    if (error instanceof StoreFailed) return { kind: 'not-read', why: error.message };
    throw error;
  }
}

async function sizeAndHash(bytes: AsyncIterable<Uint8Array>): Promise<Omit<BackupFile, 'name'>> {
  const { bytes: size, sha256 } = await hashOf(bytes);
  return { bytes: size, sha256 };
}

/** Passes on what is read, and keeps how it began. */
function beginning(source: AsyncIterable<Uint8Array>): {
  readonly bytes: AsyncIterable<Uint8Array>;
  start(): Buffer;
} {
  const kept: Uint8Array[] = [];
  let length = 0;
  async function* bytes() {
    for await (const chunk of source) {
      if (length < HEADER_BYTES) kept.push(chunk.slice(0, HEADER_BYTES - length));
      length += chunk.length;
      yield chunk;
    }
  }
  return { bytes: bytes(), start: () => Buffer.concat(kept) };
}

async function text(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    // Its hash is another one already.
    if (length > LONGEST_MANIFEST) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
