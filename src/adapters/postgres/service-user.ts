import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The account PostgreSQL runs under. Its ids are passed to child processes only when we are root. */
export interface ServiceUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** What every child process of the database is given: nothing of our environment, which holds tokens. */
export const bareEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Who runs the database: ourselves, or, as PostgreSQL refuses root, the machine's `postgres` user.
 * A cluster that exists stays with its owner.
 *
 * @param cluster the folder of the cluster, which may not exist yet
 * @throws when we are root and there is no such user
 */
export async function serviceUser(cluster: string): Promise<ServiceUser> {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  if (uid === undefined || gid === undefined) {
    throw new Error(
      'The embedded PostgreSQL needs a Unix system: set DATABASE_URL to a PostgreSQL that runs elsewhere.',
    );
  }
  const owner = await stat(cluster).catch(() => null);
  if (uid !== 0) {
    if (owner && owner.uid !== uid) {
      throw new Error(
        `The database in ${cluster} belongs to the user with id ${owner.uid}, and this is user ${uid}: ` +
          'start Mainstay as that user, or set MAINSTAY_HOME to a folder of your own.',
      );
    }
    return { name: `the user with id ${uid}`, uid, gid };
  }
  if (owner && owner.uid !== 0) return { name: `the user with id ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  return { name: 'the user postgres', uid: await idOfPostgres('-u'), gid: await idOfPostgres('-g') };
}

async function idOfPostgres(which: '-u' | '-g'): Promise<number> {
  const { stdout } = await run('id', [which, 'postgres'], { env: bareEnvironment }).catch((cause: unknown) => {
    throw new Error(
      'PostgreSQL refuses to run as root and this machine has no user named postgres: make one with ' +
        '"useradd --system postgres", or start Mainstay as an ordinary user, or set DATABASE_URL.',
      { cause },
    );
  });
  return Number(stdout);
}

/**
 * The outermost folder on the way to `path` that `user` may not enter, and its mode as digits; null when none is
 * closed as far as the modes tell. Only explains a failure that already happened: access lists are not read.
 */
export async function closedFolder(path: string, user: ServiceUser): Promise<{ path: string; mode: string } | null> {
  const parent = dirname(path);
  const outer = parent === path ? null : await closedFolder(parent, user);
  if (outer) return outer;
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) return null;
  const enter = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
  return (found.mode & enter) === 0 ? { path, mode: (found.mode & 0o7777).toString(8).padStart(4, '0') } : null;
}
