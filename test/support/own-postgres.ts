/** A PostgreSQL of one test's own, run by nobody else, to be taken away and given back. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import { findBinaries } from '../../src/adapters/postgres/binaries.ts';
import { clusterUrl, DATABASE_NAME, openCluster } from '../../src/adapters/postgres/cluster.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { launch } from '../../src/adapters/postgres/server.ts';
import { asAdmin, isAlive, temporaryHome } from './test-server.ts';

export interface OwnPostgres {
  /** A migrated database, of a user who may do everything. */
  readonly url: string;
  /** Ends it: at once and without a checkpoint (`immediate`), or its first process alone by SIGKILL. Resolves when it is gone. */
  stop(how: 'immediate' | 'kill'): Promise<void>;
  /** Starts it on the same files; resolves when it answers. */
  start(): Promise<void>;
  /** Stops every process of it where it is, and lets them go on: connections stay, and nothing answers. Linux only. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  delete(): Promise<void>;
}

const PATIENCE = { timeout: 30_000, interval: 15 };

export async function ownPostgres(): Promise<OwnPostgres> {
  const home = await temporaryHome();
  const binaries = await findBinaries();
  const cluster = await openCluster(home, binaries);
  const url = clusterUrl(cluster, DATABASE_NAME);

  const answers = (database: string) =>
    asAdmin(clusterUrl(cluster, database), (client) => client.query('select 1')).then(
      () => true,
      () => false, // not yet
    );
  const start = async (database = DATABASE_NAME) => {
    let launched = await launch(cluster, binaries);
    await vi.waitUntil(async () => {
      const { exit } = launched;
      if (exit === null) return answers(database);
      // After a SIGKILL what it left behind takes a moment to end.
      if (!exit.somebodyThere) throw new Error(`PostgreSQL did not start: ${exit.reason}`);
      launched = await launch(cluster, binaries);
      return false;
    }, PATIENCE);
  };
  const postmaster = async () => {
    const lock = await readFile(join(cluster.dataDir, 'postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number(lock.split('\n')[0]);
    return pid > 0 && isAlive(pid) ? pid : null;
  };
  const stop = async (signal: NodeJS.Signals) => {
    const pid = await postmaster();
    if (pid === null) return;
    process.kill(pid, signal);
    await vi.waitUntil(() => !isAlive(pid), PATIENCE);
  };

  const all = async (signal: NodeJS.Signals) => {
    const pid = await postmaster();
    if (pid === null) throw new Error('PostgreSQL does not run, so it cannot be sent a signal.');
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    for (const one of [...children.trim().split(' ').map(Number), pid]) process.kill(one, signal);
  };

  await start('postgres');
  await asAdmin(clusterUrl(cluster, 'postgres'), (client) => client.query(`create database ${DATABASE_NAME}`));
  await migrate(url);
  return {
    url,
    start: () => start(),
    // PostgreSQL's word for an immediate end is SIGQUIT.
    stop: (how) => stop(how === 'immediate' ? 'SIGQUIT' : 'SIGKILL'),
    freeze: () => all('SIGSTOP'),
    thaw: () => all('SIGCONT'),
    delete: async () => {
      await stop('SIGINT');
      await rm(home, { recursive: true, force: true });
    },
  };
}
