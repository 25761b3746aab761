import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Binaries } from './binaries.ts';
import { type Cluster, clusterUrl, explainFailure } from './cluster.ts';
import type { Log } from './log.ts';
import { type Launch, launch, stop } from './server.ts';

/** What is needed to start, join and stop one embedded server. */
export interface EmbeddedServer {
  readonly cluster: Cluster;
  readonly binaries: Binaries;
  readonly log: Log;
}

/**
 * The advisory lock every user of the server holds, shared, on a connection kept for that; PostgreSQL drops it when
 * the process dies, however it dies. Who leaves tries to take it alone: that succeeds for the last one only, and from
 * then on nobody can join until the server is down.
 */
export const HOLD = 0x6d61696e; // "main"

const START_TIMEOUT_MS = 60_000;
const ANSWER_TIMEOUT_MS = 5_000;
const POLL_MS = 15;
/** Between two attempts to start while another server is leaving; each failed one writes a line to the log. */
const RETRY_MS = 100;
const REJOIN_MS = 5_000;

const NOBODY_THERE = new Set(['ENOENT', 'ECONNREFUSED']);
/** Starting, recovering or shutting down; all connections taken; cut off in the middle. */
const NOT_NOW = new Set(['57P03', '57P01', '53300', 'ECONNRESET', 'EPIPE']);
/** In the server's log: those who knocked at such a time, not why it failed. */
const TURNED_AWAY = /the database system is (starting up|shutting down|in recovery mode)/;
const WRONG_PASSWORD = '28P01';

/**
 * A connection that holds the server, which is started when nobody answers.
 * @throws when PostgreSQL refuses to start, with its reason, or does not answer within a minute
 */
export async function join(server: EmbeddedServer, leaving?: AbortSignal): Promise<Client> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  let launched: Launch | null = null;
  for (;;) {
    // A server we launched is waited for even so: left alone now, nobody would ever stop it.
    if (!launched || launched.exit) leaving?.throwIfAborted();
    const answer = await knock(server.cluster);
    if (typeof answer === 'object') {
      const how = launched && !launched.exit ? 'started' : 'joined';
      server.log.info({ dataDir: server.cluster.dataDir }, `embedded PostgreSQL ${how}`);
      return answer;
    }
    if (performance.now() > deadline) throw await startFailure(server, launched?.exit?.reason);
    if (launched?.exit) {
      if (!launched.exit.somebodyThere) throw await startFailure(server, launched.exit.reason);
      await delay(RETRY_MS);
    }
    if (answer === 'nobody' && (!launched || launched.exit)) launched = await launch(server.cluster, server.binaries);
    await delay(POLL_MS);
  }
}

/** Gives a hold back, and stops the server if it was the last. */
export async function leave({ cluster, binaries, log }: EmbeddedServer, client: Client): Promise<void> {
  try {
    if (!(await isLast(client, log))) return;
    await stop(cluster, binaries);
    log.info({ dataDir: cluster.dataDir }, 'embedded PostgreSQL stopped');
  } finally {
    await client.end();
  }
}

async function isLast(client: Client, log: Log): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [HOLD]);
    const answer = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [HOLD]);
    return answer.rows[0]?.alone === true;
  } catch (err) {
    log.warn({ err }, 'the embedded PostgreSQL was already gone when it was left');
    return false;
  }
}

/**
 * Keeps a hold for as long as the process wants it: when the server dies under it, it is started again.
 * @returns gives the hold back
 */
export function keepHold(server: EmbeddedServer, first: Client): () => Promise<void> {
  const leaving = new AbortController();
  let held: Promise<Client | null> = Promise.resolve(watch(first));
  let left: Promise<void> | null = null;

  function watch(client: Client): Client {
    client.once('end', () => {
      if (!leaving.signal.aborted) held = rejoin();
    });
    return client;
  }

  async function rejoin(): Promise<Client | null> {
    server.log.warn({ dataDir: server.cluster.dataDir }, 'the embedded PostgreSQL went away and is started again');
    for (;;) {
      try {
        return watch(await join(server, leaving.signal));
      } catch (err) {
        if (leaving.signal.aborted) return null;
        server.log.error({ err }, 'the embedded PostgreSQL could not be started again; the next attempt follows');
        await delay(REJOIN_MS, null, { signal: leaving.signal }).catch(() => {}); // leaving: the next join says so
      }
    }
  }

  async function release(): Promise<void> {
    leaving.abort();
    const client = await held;
    if (client) await leave(server, client);
  }

  return () => {
    left ??= release();
    return left;
  };
}

async function knock(cluster: Cluster): Promise<Client | 'nobody' | 'not now'> {
  const client = new Client({
    connectionString: clusterUrl(cluster, 'postgres'),
    application_name: 'mainstay hold',
    connectionTimeoutMillis: ANSWER_TIMEOUT_MS,
  });
  client.on('error', () => {}); // its 'end' follows and is what counts
  try {
    await client.connect();
    const answer = await client.query<{ held: boolean }>('select pg_try_advisory_lock_shared($1) as held', [HOLD]);
    if (answer.rows[0]?.held) return client;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code !== undefined && NOBODY_THERE.has(code)) return 'nobody';
    if (code === WRONG_PASSWORD) {
      throw new Error(
        `The password in ${cluster.folder}/password is not the one its database was made with: put the right file back.`,
        { cause: error },
      );
    }
    // Without a code: the connection was cut, or nothing was answered in time.
    if (code !== undefined && !NOT_NOW.has(code)) throw error;
  }
  await client.end();
  return 'not now';
}

async function startFailure({ cluster, binaries }: EmbeddedServer, output: string | undefined): Promise<Error> {
  const lines = output?.split('\n').filter((line) => !TURNED_AWAY.test(line)) ?? [];
  const fatal = lines.filter((line) => /\b(FATAL|PANIC):/.test(line)).map((line) => line.replace(/^.*?: {2}/, ''));
  const reason = fatal.at(-1) ?? lines.at(-1) ?? `it did not answer for ${START_TIMEOUT_MS / 1000} s`;
  const what = `PostgreSQL did not start (its log is ${cluster.serverLog})`;
  return explainFailure(what, new Error(reason), [cluster.dataDir, binaries.postgres], cluster.user);
}
