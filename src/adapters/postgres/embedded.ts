import { type Client, DatabaseError } from 'pg';
import { findBinaries } from './binaries.ts';
import { clusterUrl, DATABASE_NAME, openCluster } from './cluster.ts';
import { join, keepHold, leave } from './hold.ts';
import type { Log } from './log.ts';

/** A hold on the embedded PostgreSQL: while anybody has one, it runs. */
export interface Embedded {
  /** The connection string of Mainstay's database; it contains the password. It stays valid over restarts. */
  readonly url: string;
  readonly dataDir: string;
  /** Gives the hold back; the last one out stops the server. Close your own connections first. May be called twice. */
  release(): Promise<void>;
}

/** Somebody made the database before us, or in the same instant. */
const ALREADY_MADE = new Set(['42P04', '23505']);

/**
 * Joins the PostgreSQL of `home`, starting it (and making its files the first time) when it does not run. It survives
 * the death of its users by any signal, and no handler is put on this process's own signals. Should the server die
 * while it is held, it is started again.
 *
 * @param options.home the folder that is MAINSTAY_HOME
 * @throws with one sentence that says what to do: a closed folder, no user to run as, or why PostgreSQL did not start
 */
export async function acquireEmbedded(options: { home: string; log: Log }): Promise<Embedded> {
  const binaries = await findBinaries();
  const server = { cluster: await openCluster(options.home, binaries), binaries, log: options.log };
  const client = await join(server);
  try {
    await makeDatabase(client);
  } catch (cause) {
    await leave(server, client);
    throw cause;
  }
  return {
    url: clusterUrl(server.cluster, DATABASE_NAME),
    dataDir: server.cluster.dataDir,
    release: keepHold(server, client),
  };
}

async function makeDatabase(client: Client): Promise<void> {
  const found = await client.query('select from pg_database where datname = $1', [DATABASE_NAME]);
  if (found.rowCount) return;
  try {
    await client.query(`create database ${DATABASE_NAME}`);
  } catch (error) {
    if (!(error instanceof DatabaseError) || !ALREADY_MADE.has(error.code ?? '')) throw error;
  }
}
