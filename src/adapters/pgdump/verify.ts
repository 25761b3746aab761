import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Manifest } from '../../domain/backup/manifest.ts';
import { DUMP_FILE } from '../../domain/backup/restore-notes.ts';
import { decrypted, openHeader } from '../age/decrypt.ts';
import { hashing } from './metering.ts';
import { type Environment, start } from './program.ts';

/** One thing that is wrong with a backup: it could not be restored, or not as what it says it is. */
export interface Fault {
  readonly file: string;
  readonly what: string;
}

/** Headers of a few recipients are some hundred bytes. */
const START = 4 * 1024;

/** Whether all its files are as they were written: reads every byte, and needs no key. */
export async function filesAsWritten(folder: string, { files }: Pick<Manifest, 'files'>): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const { name, bytes, sha256 } of files) {
    const found = await hashOf(join(folder, name)).catch((error: unknown) => wordsOf(error));
    if (typeof found === 'string') faults.push({ file: name, what: found });
    else if (found.bytes !== bytes)
      faults.push({ file: name, what: `it has ${found.bytes} bytes and was written with ${bytes}` });
    else if (found.sha256 !== sha256) faults.push({ file: name, what: 'its bytes are not those that were written' });
  }
  return faults;
}

/** Whether one of the identities opens it, by its first bytes: a key that was rotated away is found before it is needed. */
export async function keyOpens(folder: string, identities: readonly string[]): Promise<Fault[]> {
  try {
    const file = await open(join(folder, DUMP_FILE), 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(START), 0, START, 0);
      await openHeader(buffer.subarray(0, bytesRead), identities);
      return [];
    } finally {
      await file.close();
    }
  } catch (error) {
    return [{ file: DUMP_FILE, what: wordsOf(error) }];
  }
}

/**
 * Whether pg_restore can read all of the dump: decrypted, decompressed, read to its end, and written nowhere. That what it
 * says is right is for a restore to show.
 */
export async function readsThrough(
  folder: string,
  identities: readonly string[],
  environment: Environment,
): Promise<Fault[]> {
  const zstd = start('zstd', ['-d', '-q', '-c'], { environment });
  const restore = start('pg_restore', ['--file=/dev/null'], { environment });
  try {
    const dump = await decrypted(createReadStream(join(folder, DUMP_FILE)), identities);
    const [into, through] = [zstd.stdin, restore.stdin];
    if (into === null || through === null) throw new Error('a program was started without an input');
    await Promise.all([
      pipeline(dump, into),
      pipeline(zstd.stdout, through),
      pipeline(restore.stdout, new Writable({ write: (_data, _encoding, done) => done() })),
    ]);
    await Promise.all([zstd.ended, restore.ended]);
    return [];
  } catch (error) {
    return [{ file: DUMP_FILE, what: wordsOf(error) }];
  } finally {
    zstd.stop();
    restore.stop();
  }
}

async function hashOf(path: string) {
  const hash = hashing();
  await pipeline(createReadStream(path), hash.stream, new Writable({ write: (_data, _encoding, done) => done() }));
  return hash.result();
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
