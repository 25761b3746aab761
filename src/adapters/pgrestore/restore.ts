import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import type { DatabaseFacts } from '../../domain/backup/manifest.ts';
import { DUMP_FILE, GLOBALS_FILE } from '../../domain/backup/restore-notes.ts';
import { decrypted } from '../age/decrypt.ts';
import { BrokenPayload } from '../age/payload.ts';
import { connectionFile } from '../pgdump/connection.ts';
import { type Environment, ProgramFailed, start } from '../pgdump/program.ts';
import { type Complaints, complaintsIn, isComplaint } from './complaints.ts';

export interface RestoreInto {
  readonly folder: string;
  readonly identities: readonly string[];
  readonly environment: Environment;
  readonly stop: AbortSignal;
}

/** Complaints are kept up to this length: the first of them are those that matter. */
const MOST_WORDS = 64 * 1024;

/**
 * Makes the roles that the backup knows. One that is refused is missed later, when the catalog is compared; tablespaces are
 * refused always, and what was in them is put beside the rest.
 *
 * @param url a superuser's
 */
export async function restoreRoles(url: string, { folder, identities }: RestoreInto): Promise<void> {
  const file = createReadStream(join(folder, GLOBALS_FILE));
  try {
    const sql = await text(await decrypted(file, identities));
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      for (const statement of statementsOf(sql)) {
        await client.query(statement).catch((error: unknown) => {
          if (!(error instanceof pg.DatabaseError)) throw error;
        });
      }
    } finally {
      await client.end();
    }
  } finally {
    file.destroy();
  }
}

/** Of a dump of globals, without what is for psql only: that could start programs. */
function statementsOf(sql: string): string[] {
  const lines = sql.split('\n').filter((line) => !/^(?:\\|--)/.test(line));
  return lines
    .join('\n')
    .split(/;\s*\n/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

/**
 * Makes an empty database as the backed-up one was: encoding and, where this machine has it, collation.
 *
 * @param url a superuser's
 */
export async function createTarget(url: string, name: string, { encoding, collation }: DatabaseFacts): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const make = (locale: string) =>
    client.query(
      `create database ${pg.escapeIdentifier(name)} template template0 encoding ${pg.escapeLiteral(encoding)}
         lc_collate ${pg.escapeLiteral(locale)} lc_ctype ${pg.escapeLiteral(locale)}`,
    );
  try {
    await make(collation).catch((error: unknown) => {
      if (!(error instanceof pg.DatabaseError)) throw error;
      return make('C');
    });
  } finally {
    await client.end();
  }
}

/**
 * Decrypts, decompresses and restores the dump into a database that is empty. What is not encrypted is only ever in the pipes
 * between the programs.
 *
 * @param secrets a folder for the file with the password; whoever calls removes it
 * @returns what pg_restore complained of
 * @throws CannotDecrypt, BrokenPayload; ProgramFailed when it ended badly and said nothing; the reason of `stop`
 */
export async function restoreDump(url: string, secrets: string, into: RestoreInto): Promise<Complaints> {
  const environment = { ...into.environment, ...(await connectionFile(url, secrets, 'mainstay-restore')) };
  const zstd = start('zstd', ['-d', '-q', '-c'], { environment });
  // Only when it is verbose it says at which object it was.
  const args = ['--verbose', '--no-password', '--no-tablespaces', '--dbname=service=backup'];
  const restore = spawn('pg_restore', args, {
    env: { ...environment, LC_ALL: 'C.UTF-8' },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let words = '';
  createInterface({ input: restore.stderr }).on('line', (line) => {
    if (isComplaint(line) && words.length < MOST_WORDS) words += `${line}\n`;
  });
  const closed = once(restore, 'close').catch((cause: unknown) => {
    throw new ProgramFailed("pg_restore is not here; install PostgreSQL's client programs", { cause });
  });
  closed.catch(() => undefined);
  const file = createReadStream(join(into.folder, DUMP_FILE));
  try {
    const dump = await decrypted(file, into.identities);
    if (zstd.stdin === null) throw new Error('zstd was started without an input');
    const signal = into.stop;
    const piped = await Promise.allSettled([
      pipeline(dump, zstd.stdin, { signal }),
      pipeline(zstd.stdout, restore.stdin, { signal }),
      zstd.ended,
    ]);
    const [code, how] = await closed;
    signal.throwIfAborted();
    const broken = piped.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    // Why it could not be read comes before what those said who got only a part of it.
    const unreadable = broken.find((error) => error instanceof BrokenPayload);
    if (unreadable !== undefined) throw unreadable;
    const complaints = complaintsIn(words);
    if (complaints.faults.length > 0 || complaints.couldNot !== null) return complaints;
    if (broken.length > 0) throw broken[0];
    // What it said was harmless, all of it: the exit code is about that.
    if (code === 0 || (code === 1 && words !== '')) return complaints;
    throw new ProgramFailed(`pg_restore ended with ${code ?? how} and said nothing`);
  } finally {
    file.destroy();
    zstd.stop();
    restore.kill('SIGTERM');
    await closed.catch(() => undefined);
  }
}
