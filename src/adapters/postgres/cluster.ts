import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdtemp, open, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { makeFolder } from '../files/folder.ts';
import type { Binaries } from './binaries.ts';
import { bareEnvironment, closedFolder, type ServiceUser, serviceUser } from './service-user.ts';

const run = promisify(execFile);

/** PostgreSQL's superuser of the cluster, and the database Mainstay keeps its tables in. */
const DATABASE_USER = 'mainstay';
export const DATABASE_NAME = 'mainstay';
/** Part of the socket's file name only: nothing listens on a network port. */
const PORT = 5432;
/** A socket's path has room for 103 bytes on macOS and 107 on Linux, with the zero at its end. */
const LONGEST_SOCKET_PATH = 103;
const SOCKET_NAME = `/.s.PGSQL.${PORT}`;

/** One PostgreSQL data directory with what belongs to it, all in one folder that only its owner may enter. */
export interface Cluster {
  readonly folder: string;
  readonly dataDir: string;
  readonly socketDir: string;
  readonly serverLog: string;
  readonly password: string;
  readonly user: ServiceUser;
}

/**
 * Finds the cluster under `home`, or creates it with a generated password. Two processes may do this at once, and any
 * of them may be killed: a new cluster is made aside and moved into place whole.
 * @throws when the folder cannot be made or reached by the user the database runs under; the sentence says which
 */
export async function openCluster(home: string, binaries: Binaries): Promise<Cluster> {
  const root = await homeFolder(home);
  const folder = join(root, 'postgres');
  const user = await serviceUser(folder);
  const passwordFile = join(folder, 'password');
  const known = await readFile(passwordFile, 'utf8').catch(absent);
  if (known === null) await createCluster(root, folder, user, binaries);
  return {
    folder,
    dataDir: join(folder, 'data'),
    socketDir: await socketFolder(folder, user),
    serverLog: join(folder, 'server.log'),
    password: known ?? (await readFile(passwordFile, 'utf8')),
    user,
  };
}

/** The connection string of one database of the cluster, understood by pg, Prisma and libpq's programs. */
export function clusterUrl(cluster: Cluster, database: string): string {
  const host = encodeURIComponent(cluster.socketDir);
  return `postgresql://${DATABASE_USER}:${cluster.password}@localhost:${PORT}/${database}?host=${host}&sslmode=disable`;
}

/** Explains why PostgreSQL's programs could not read `path`, or says what they said. */
export async function explainFailure(what: string, cause: unknown, paths: string[], user: ServiceUser): Promise<Error> {
  for (const path of paths) {
    const closed = await closedFolder(path, user);
    if (closed) {
      return new Error(
        `The embedded PostgreSQL runs as ${user.name}, who may not enter ${closed.path} (mode ${closed.mode}) and so ` +
          `cannot reach ${path}: open that folder with "chmod o+x ${closed.path}", or move it elsewhere ` +
          '(MAINSTAY_HOME names the data), or set DATABASE_URL.',
        { cause },
      );
    }
  }
  return new Error(`${what}: ${cause instanceof Error ? cause.message.trim() : String(cause)}`, { cause });
}

async function homeFolder(home: string): Promise<string> {
  const path = resolve(home);
  try {
    const first = await makeFolder(path);
    // A strict umask must not close a folder of ours to the database's own user.
    for (let made = path; first !== undefined && made.length >= first.length; made = dirname(made))
      await chmod(made, 0o755);
    return await realpath(path);
  } catch (cause) {
    throw notUsable(path, cause);
  }
}

function notUsable(path: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`MAINSTAY_HOME should be a folder that Mainstay may write to, and ${path} is not: ${reason}.`, {
    cause,
  });
}

async function createCluster(root: string, folder: string, user: ServiceUser, binaries: Binaries): Promise<void> {
  const draft = await mkdtemp(join(root, '.postgres-')).catch((cause: unknown) => {
    throw notUsable(root, cause);
  });
  try {
    const passwordFile = join(draft, 'password');
    await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
    await chown(passwordFile, user.uid, user.gid);
    await chown(draft, user.uid, user.gid);
    await initialise(join(draft, 'data'), passwordFile, user, binaries);
    await rename(draft, folder);
    // Without this a power cut could undo the move, and with it everything that was stored since.
    const parent = await open(root);
    await parent.sync().finally(() => parent.close());
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    // Another process was first; its cluster is the one.
    if (codeOf(cause) !== 'ENOTEMPTY' && codeOf(cause) !== 'EEXIST') throw cause;
  }
}

async function initialise(dataDir: string, passwordFile: string, user: ServiceUser, binaries: Binaries): Promise<void> {
  const options = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--data-checksums', '--no-instructions'];
  const args = [`--pgdata=${dataDir}`, `--username=${DATABASE_USER}`, `--pwfile=${passwordFile}`, ...options];
  try {
    await run(binaries.initdb, args, { ...runAs(user), cwd: '/', env: bareEnvironment });
  } catch (cause) {
    throw await explainFailure('initdb could not make the database', cause, [dataDir, binaries.initdb], user);
  }
}

/** Only root may, and only root must, name the user a child process runs as. */
export function runAs(user: ServiceUser): { uid: number; gid: number } | undefined {
  return process.getuid?.() === 0 ? { uid: user.uid, gid: user.gid } : undefined;
}

/** The cluster's own folder, unless its path is too long for a socket: then a private one under the temporary folder. */
async function socketFolder(folder: string, user: ServiceUser): Promise<string> {
  if (Buffer.byteLength(folder + SOCKET_NAME) <= LONGEST_SOCKET_PATH) return folder;
  const digest = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const short = join(tmpdir(), `mainstay-${digest}`);
  const fresh = await makeFolder(short, 0o700);
  if (fresh !== undefined) await chown(short, user.uid, user.gid);
  const found = await lstat(short);
  if (!found.isDirectory() || found.uid !== user.uid || (found.mode & 0o077) !== 0) {
    throw new Error(
      `The folder ${short}, which is to hold the database's socket, should be a folder that only ${user.name} may enter: remove it.`,
    );
  }
  return short;
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

function absent(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}
