import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openQueue } from '../../src/adapters/jobs/boss.ts';
import { acquireEmbedded } from '../../src/adapters/postgres/embedded.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import type { Logger } from '../../src/usecases/log.ts';

/** Where the tests' databases are, and what their names begin with. */
export interface TestServer {
  /** Connects as a user who may create databases. */
  readonly adminUrl: string;
  /** A migrated, empty database with its queues that refuses connections, so that nobody can change it: it is only cloned. */
  readonly template: string;
  /** Every database of this run has a name that starts so. */
  readonly prefix: string;
}

const HOME = 'mainstay-test-';
const quiet: Logger = {
  debug: () => {},
  info: () => {},
  warn: console.warn,
  error: console.error,
  child: () => quiet,
};

/**
 * Starts PostgreSQL for one run of the tests: the embedded one in a temporary home, or the one that `given` names.
 * `stop` deletes every database of the run, also those a failed test left, and the temporary home.
 */
export async function startTestServer(given: string | undefined): Promise<TestServer & { stop(): Promise<void> }> {
  await cleanUpAfterKilledRuns();
  const home = given ? null : await temporaryHome();
  const embedded = home ? await acquireEmbedded({ home, log: quiet }) : null;
  const adminUrl = given ?? embedded?.url ?? '';
  const prefix = `mainstay_test_${randomBytes(4).toString('hex')}_`;
  const template = `${prefix}template`;
  const stop = async () => {
    if (given) await dropAll(adminUrl, prefix);
    await embedded?.release();
    if (home) await rm(home, { recursive: true, force: true });
  };
  try {
    if (embedded) await forgetOnCrash(adminUrl);
    await asAdmin(adminUrl, (admin) => admin.query(`create database ${template}`));
    await migrate(databaseUrl(adminUrl, template));
    await (await openQueue(databaseUrl(adminUrl, template), { keep: false, log: quiet })).close();
    await asAdmin(adminUrl, (admin) => admin.query(`alter database ${template} with allow_connections false`));
  } catch (cause) {
    await stop();
    throw cause;
  }
  return { adminUrl, template, prefix, stop };
}

/**
 * Nothing waits for the disk: this server is thrown away whole, and cloning and dropping databases is most of what it does.
 * What is proven about crashes is proven on servers that are started as Mainstay starts them.
 */
async function forgetOnCrash(adminUrl: string): Promise<void> {
  await asAdmin(adminUrl, async (admin) => {
    for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
      await admin.query(`alter system set ${setting} = off`);
    }
    await admin.query('select pg_reload_conf()');
  });
}

/** The connection string of another database of the same server. */
export function databaseUrl(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs `work` on a connection of its own. */
export async function asAdmin<T>(adminUrl: string, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: adminUrl, application_name: 'mainstay test admin' });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/**
 * A new folder that PostgreSQL's own user may enter, to be given as MAINSTAY_HOME. Its name carries our process id, so
 * that a later run can tell whether anybody still uses it.
 */
export async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), `${HOME}${process.pid}-`));
  await chmod(home, 0o755);
  return home;
}

/** A run that was killed could not stop its servers. */
async function cleanUpAfterKilledRuns(): Promise<void> {
  const homes = (await readdir(tmpdir())).filter((name) => name.startsWith(HOME));
  for (const name of homes) {
    const [pid] = name.slice(HOME.length).split('-');
    if (isAlive(Number(pid))) continue;
    const home = join(tmpdir(), name);
    const server = await acquireEmbedded({ home, log: quiet }).catch(() => null); // half made: only deleted
    await server?.release();
    await rm(home, { recursive: true, force: true });
  }
}

/** Whether a process with this id runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

async function dropAll(adminUrl: string, prefix: string): Promise<void> {
  await asAdmin(adminUrl, async (admin) => {
    const found = await admin.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of found.rows) await admin.query(`drop database ${datname} with (force)`);
  });
}
