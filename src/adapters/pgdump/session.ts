import { Socket } from 'node:net';
import pg from 'pg';

/** A row is the same text whoever asks, wherever. */
export const SAME_WORDS = `
  set local timezone = 'UTC'; set local datestyle = 'ISO, MDY'; set local intervalstyle = 'postgres';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local xmloption = 'content';
  set local search_path = 'pg_catalog'; set local statement_timeout = 0; set local lock_timeout = '30s'; set local idle_in_transaction_session_timeout = 0`;

/** For a word of farewell, in milliseconds. */
const MOST_TO_LEAVE = 3_000;

export interface Session {
  readonly client: pg.Client;
  /** Ends it. A server that is gone is not waited for. */
  leave(): Promise<void>;
}

/**
 * A connection that may be silent for long.
 *
 * @param silence no answer for so long, in milliseconds, and what was asked has failed
 */
export async function connect(connectionString: string, name: string, silence: number): Promise<Session> {
  const socket = new Socket();
  const client = new pg.Client({
    connectionString,
    application_name: name,
    connectionTimeoutMillis: 10_000,
    query_timeout: silence,
    // A gateway forgets a connection on which nothing is said, and a server that counts says nothing.
    keepAlive: true,
    keepAliveInitialDelayMillis: 60_000,
    stream: () => socket,
  });
  // A connection lost between two statements is told by the next one.
  client.on('error', () => undefined);
  await client.connect();
  return {
    client,
    leave: async () => {
      const late = setTimeout(() => socket.destroy(), MOST_TO_LEAVE);
      await client.end().finally(() => clearTimeout(late));
    },
  };
}

/** What is asked with another patience than the connection's, in milliseconds: pg knows it, and its types do not. */
export function patiently(text: string, values: readonly unknown[], within: number): pg.QueryConfig {
  const config: pg.QueryConfig & { query_timeout: number } = { text, values: [...values], query_timeout: within };
  return config;
}
