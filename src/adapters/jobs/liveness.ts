import { randomBytes } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { Client } from 'pg';
import type { Logger } from '../../usecases/log.ts';

/** This process as the database knows it. `signal` is aborted when the database may think it dead. */
export interface Life {
  readonly instance: bigint;
  readonly signal: AbortSignal;
}

export interface Liveness {
  /** Waits until this process is known to be alive. @throws once stopped */
  life(): Promise<Life>;
  stop(): Promise<void>;
}

export interface LivenessOptions {
  readonly url: string;
  readonly log: Logger;
  /** Runs on the same connection at once and then every `beatMs`; a throw counts as a lost connection. */
  readonly beat: (client: Client, life: Life) => Promise<void>;
  readonly beatMs: number;
}

const CONNECT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 10_000;
const RETRY_MS = 500;

/**
 * Keeps a session advisory lock for as long as this process lives: PostgreSQL releases it the moment the process or its
 * connection dies, which is how others know. When the connection is lost the process gets a new number with a new lock,
 * because what the old one held may already have been given to others.
 */
export function startLiveness(options: LivenessOptions): Liveness {
  const stopping = new AbortController();
  let current: PromiseWithResolvers<Life> = awaited();
  const renew = () => {
    current = awaited();
  };
  const running = keepAlive(options, stopping.signal, (life) => current.resolve(life), renew);
  return {
    life: () => current.promise,
    stop: async () => {
      stopping.abort();
      current.reject(new Error('This process is stopping and takes no job.'));
      await running;
    },
  };
}

/** Nobody may be waiting for it: a rejection then concerns nobody. */
function awaited(): PromiseWithResolvers<Life> {
  const waiting = Promise.withResolvers<Life>();
  waiting.promise.catch(() => {});
  return waiting;
}

async function keepAlive(
  options: LivenessOptions,
  stopping: AbortSignal,
  begin: (life: Life) => void,
  end: () => void,
): Promise<void> {
  const { log } = options;
  while (!stopping.aborted) {
    try {
      await liveOnce(options, stopping, begin);
    } catch (err) {
      if (!stopping.aborted) log.warn({ err }, 'the connection that shows this process alive was lost');
    }
    if (stopping.aborted) return;
    end();
    await after(RETRY_MS, undefined, { signal: stopping }).catch(() => {});
  }
}

/** From connecting to losing the connection. */
async function liveOnce(
  { url, beat, beatMs }: LivenessOptions,
  stopping: AbortSignal,
  begin: (life: Life) => void,
): Promise<void> {
  const client = new Client({
    connectionString: url,
    application_name: 'mainstay-life',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
  });
  const lost = new AbortController();
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  try {
    await client.connect();
    // A machine that vanished without a word is noticed within half a minute, not after the system's two hours.
    await client.query('SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3');
    const life: Life = { instance: randomBytes(8).readBigUInt64BE() >> 2n, signal: lost.signal };
    await client.query('SELECT pg_advisory_lock($1::bigint)', [life.instance.toString()]);
    await beat(client, life);
    begin(life);
    const over = AbortSignal.any([stopping, lost.signal]);
    while (!over.aborted) {
      await after(beatMs, undefined, { signal: over }).catch(() => {});
      if (!over.aborted) await beat(client, life);
    }
  } finally {
    lost.abort();
    await client.end().catch(() => {});
  }
}
