import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Manifest } from '../../domain/backup/manifest.ts';
import { DUMP_FILE, GLOBALS_FILE } from '../../domain/backup/restore-notes.ts';
import { decrypted, openHeader } from '../age/decrypt.ts';
import { BrokenPayload } from '../age/payload.ts';
import { hashing } from './metering.ts';
import { type Environment, ProgramFailed, start } from './program.ts';

/** One thing that is wrong with a backup: it could not be restored, or not as what it says it is. */
export interface Fault {
  readonly file: string;
  readonly what: string;
}

/** Headers of a few recipients are some hundred bytes. */
const START = 4 * 1024;

/** Whether all its files are as they were written: reads every byte, and needs no key. */
export async function filesAsWritten(
  folder: string,
  { files, notes }: Pick<Manifest, 'files' | 'notes'>,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const { name, bytes, sha256 } of notes === undefined ? files : [...files, notes]) {
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

/** It is not known whether the backup is good: what would have shown it is missing here. */
class CouldNotVerify extends Error {
  override readonly name = 'CouldNotVerify';
}

/** Of a pg_restore that is older than the pg_dump was. */
const TOO_OLD = /unsupported version \([\d.]+\) in file header/;

/**
 * Whether all of it can be read: both files decrypted, and the dump decompressed and read by pg_restore to its end, and written
 * nowhere. That what it says is right is for a restore to show.
 *
 * @throws CouldNotVerify
 */
export async function readsThrough(
  folder: string,
  identities: readonly string[],
  environment: Environment,
): Promise<Fault[]> {
  const globals = await globalsRead(folder, identities);
  return [...globals, ...(await dumpReads(folder, identities, environment))];
}

async function globalsRead(folder: string, identities: readonly string[]): Promise<Fault[]> {
  const file = createReadStream(join(folder, GLOBALS_FILE));
  try {
    await pipeline(await decrypted(file, identities), nowhere());
    return [];
  } catch (error) {
    return [{ file: GLOBALS_FILE, what: wordsOf(error) }];
  } finally {
    file.destroy();
  }
}

async function dumpReads(folder: string, identities: readonly string[], environment: Environment): Promise<Fault[]> {
  const file = createReadStream(join(folder, DUMP_FILE));
  const zstd = start('zstd', ['-d', '-q', '-c'], { environment });
  const restore = start('pg_restore', ['--file=/dev/null'], { environment });
  // One alone would wait for the other.
  const end = () => {
    file.destroy();
    zstd.stop();
    zstd.stdout.destroy();
    restore.stop();
  };
  try {
    const dump = await decrypted(file, identities);
    const [into, through] = [zstd.stdin, restore.stdin];
    if (into === null || through === null) throw new Error('a program was started without an input');
    // In the order in which it happened.
    const failed: unknown[] = [];
    const noted = (work: Promise<void>) =>
      work.catch((error: unknown) => {
        failed.push(error);
        if (error instanceof ProgramFailed) end();
      });
    await Promise.all([
      noted(restore.ended),
      noted(zstd.ended),
      noted(pipeline(dump, into)),
      noted(pipeline(zstd.stdout, through)),
      noted(pipeline(restore.stdout, nowhere())),
    ]);
    return failed.length === 0 ? [] : [{ file: DUMP_FILE, what: wordsOf(causeOf(failed)) }];
  } catch (error) {
    if (error instanceof CouldNotVerify) throw error;
    return [{ file: DUMP_FILE, what: wordsOf(error) }];
  } finally {
    end();
  }
}

/**
 * Of all that failed, what the others failed for: where one of a pipe ends, its neighbours have nobody to read from or write to.
 *
 * @throws CouldNotVerify
 */
function causeOf(failed: readonly unknown[]): unknown {
  const broken = failed.find((error) => error instanceof BrokenPayload);
  if (broken !== undefined) return broken;
  const [first] = failed.filter((error) => error instanceof ProgramFailed && !BROKEN_PIPE.test(error.message));
  if (first instanceof ProgramFailed && (first.missing || TOO_OLD.test(first.message))) {
    throw new CouldNotVerify(`could not verify: ${first.message}`, { cause: first });
  }
  return first ?? failed[0];
}

const BROKEN_PIPE = /broken pipe|SIGPIPE/i;

const nowhere = () => new Writable({ write: (_data, _encoding, done) => done() });

async function hashOf(path: string) {
  const hash = hashing();
  await pipeline(createReadStream(path), hash.stream, nowhere());
  return hash.result();
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
