import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { Secret } from '../../../src/domain/spec/secret.ts';
import type { ActionContext, ConnectedTarget } from '../../../src/usecases/action-port.ts';
import { emptyDatabase, type FreshDatabase } from '../../support/postgres.ts';

/** A database of somebody else's, that actions work on. Call it at the top of a test file. */
export function targetDatabase() {
  let database: FreshDatabase;
  let client: Client;
  const clients: Client[] = [];
  const connect = async (url = database.url) => {
    const connected = new Client({ connectionString: url });
    connected.on('error', () => undefined);
    await connected.connect();
    clients.push(connected);
    return connected;
  };
  beforeAll(async () => {
    database = await emptyDatabase();
    client = await connect();
  });
  afterAll(async () => {
    await Promise.all(clients.map((one) => one.end()));
    await database.drop();
  });
  return {
    /** What its own people do in it. */
    sql: async <Row = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> =>
      (await client.query(text, values)).rows as Row[],
    /** Another of its people, whose transactions stay open. */
    connect,
    url: () => database.url,
    target: (more: Partial<ConnectedTarget> = {}): ConnectedTarget => ({
      key: 'main',
      kind: 'postgres',
      title: 'Database',
      url: new Secret('DATABASE', database.url),
      ...more,
    }),
    /** The same database, as a role that may log in and nothing else. */
    as: (role: string, password: string): ConnectedTarget => {
      const url = new URL(database.url);
      url.username = role;
      url.password = password;
      return { key: 'main', kind: 'postgres', title: 'Database', url: new Secret('DATABASE', url.href) };
    },
  };
}

export const context = (more: Partial<ActionContext> = {}): ActionContext => ({
  signal: new AbortController().signal,
  mode: 'run',
  now: new Date('2026-03-02T08:00:00Z'),
  ...more,
});
