import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdtemp, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { makeFolder } from '../files/folder.ts';
import { runAs } from '../postgres/cluster.ts';
import { bareEnvironment, type ServiceUser, serviceUser } from '../postgres/service-user.ts';
import { removeScratch, scratchPrefix, sweepScratch } from './sweep.ts';

const run = promisify(execFile);

/** Nothing listens on the network: part of the socket's name only. */
const PORT = 5432;
/** No role of a backup is called so. */
const USER = 'mainstay_drill';
/** A socket's path has room for 103 bytes on macOS. */
const LONGEST = 103 - '/.s.PGSQL.5432'.length;
const START_MS = 60_000;
const POLL_MS = 20;

/** It could not be made here: says nothing about the backup. */
export class NoScratch extends Error {
  override readonly name = 'NoScratch';
}

/** The programs of a server. */
export interface ServerPrograms {
  readonly initdb: string;
  readonly pg_ctl: string;
  readonly postgres: string;
}

/** A PostgreSQL of our own, to restore into: reached by its socket only, and gone with everything in it afterwards. */
export interface Scratch {
  /** Superuser's address of one of its databases, with the password. */
  url(database: string): string;
  /** Ends the server and takes away all it had. */
  remove(): Promise<void>;
}

/**
 * Makes a cluster below `root` and starts it; what earlier ones left there that nobody uses any more is taken away first.
 *
 * @throws NoScratch with what is missing
 */
export async function startScratch(root: string, programs: ServerPrograms): Promise<Scratch> {
  // A strict umask must not close it to the user the server runs as.
  if ((await makeFolder(root, 0o755)) !== undefined) await chmod(root, 0o755);
  await sweepScratch(root, programs.pg_ctl);
  const folder = await mkdtemp(join(root, await scratchPrefix()));
  const remove = () => removeScratch(folder, programs.pg_ctl);
  try {
    if (Buffer.byteLength(folder) > LONGEST) throw new NoScratch(`the path ${folder} is too long for a socket`);
    const user = await serviceUser(folder);
    const password = randomBytes(24).toString('base64url');
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, password, { mode: 0o600 });
    for (const path of [passwordFile, folder]) await chown(path, user.uid, user.gid);
    await chmod(folder, 0o700);
    await initialise(folder, passwordFile, programs, user);
    const url = (database: string) =>
      `postgresql://${USER}:${password}@localhost:${PORT}/${encodeURIComponent(database)}?host=${encodeURIComponent(folder)}&sslmode=disable`;
    await launch(folder, programs, user, url('postgres'));
    return { url, remove };
  } catch (cause) {
    await remove();
    throw cause instanceof NoScratch ? cause : new NoScratch(wordsOf(cause), { cause });
  }
}

async function initialise(folder: string, passwordFile: string, { initdb }: ServerPrograms, user: ServiceUser) {
  const args = [
    `--pgdata=${join(folder, 'data')}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--data-checksums', '--no-instructions'],
  ];
  await run(initdb, args, { ...runAs(user), cwd: '/', env: bareEnvironment }).catch((cause: unknown) => {
    throw new NoScratch(`initdb could not make a database as ${user.name} in ${folder}: ${wordsOf(cause)}`, { cause });
  });
}

/** As safe as a server that is used: what a drill measures is to hold for one. */
async function launch(folder: string, { postgres }: ServerPrograms, user: ServiceUser, url: string): Promise<void> {
  const path = join(folder, 'server.log');
  const log = await open(path, 'a', 0o600);
  let ended = false;
  try {
    await log.chown(user.uid, user.gid);
    const settings = {
      listen_addresses: '',
      unix_socket_directories: folder,
      maintenance_work_mem: '256MB',
      max_wal_size: '4GB',
      log_error_verbosity: 'terse',
      // A statement that fails would be written with what is in it.
      log_min_error_statement: 'panic',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = spawn(postgres, ['-D', join(folder, 'data'), ...args], {
      ...runAs(user),
      cwd: '/',
      env: bareEnvironment,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    server.once('exit', () => {
      ended = true;
    });
    await new Promise((resolve, reject) => {
      server.once('spawn', resolve);
      server.once('error', reject);
    });
    server.unref();
  } finally {
    await log.close();
  }
  const deadline = performance.now() + START_MS;
  while (!(await answers(url))) {
    if (ended || performance.now() > deadline) {
      const said = (await readFile(path, 'utf8').catch(() => '')).trim().split('\n').at(-1);
      throw new NoScratch(`PostgreSQL did not start: ${said || 'it said nothing'}`);
    }
    await after(POLL_MS);
  }
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    // It is not yet up; that it never comes up is told by the deadline.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' && error.stderr.trim() !== '') {
    return error.stderr.trim();
  }
  return error instanceof Error ? error.message : String(error);
}
