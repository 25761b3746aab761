import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Client, DatabaseError } from 'pg';
import { inject } from 'vitest';
import { asAdmin, databaseUrl } from './test-server.ts';

/** A database of one test file's own. */
export interface FreshDatabase {
  readonly url: string;
  /** Deletes it. Throws when connections to it were left open, naming them: somebody forgot to close or stop something. */
  drop(): Promise<void>;
}

const OBJECT_IN_USE = '55006';
const RETRY_MS = 20;
/** A closed connection's process takes a moment to end. */
const CLOSING_MS = 2_000;

/** Clones the migrated template (about 50 ms). Call it in `beforeAll`, and `drop` in `afterAll`. */
export async function freshDatabase(): Promise<FreshDatabase> {
  return create(inject('postgres').template);
}

/** A database without any table, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<FreshDatabase> {
  return create('template1');
}

async function create(template: string): Promise<FreshDatabase> {
  const { adminUrl, prefix } = inject('postgres');
  const name = `${prefix}${randomBytes(6).toString('hex')}`;
  await whenFree(() =>
    asAdmin(adminUrl, (admin) => admin.query(`create database ${name} template ${template} strategy file_copy`)),
  );
  return { url: databaseUrl(adminUrl, name), drop: () => drop(adminUrl, name) };
}

async function whenFree<T>(clone: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await clone();
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code !== OBJECT_IN_USE) throw error;
      await delay(RETRY_MS);
    }
  }
}

async function drop(adminUrl: string, name: string): Promise<void> {
  const left = await asAdmin(adminUrl, async (admin) => {
    const open = await connectionsLeft(admin, name);
    await admin.query(`drop database if exists ${name} with (force)`);
    return open;
  });
  if (left.length > 0) {
    throw new Error(
      `These connections to the test's database were left open, and should be closed: ${left.join('; ')}`,
    );
  }
}

async function connectionsLeft(admin: Client, name: string): Promise<string[]> {
  const deadline = performance.now() + CLOSING_MS;
  for (;;) {
    const open = await admin.query<{ who: string; query: string }>(
      `select application_name as who, query from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    if (open.rows.length === 0 || performance.now() > deadline) {
      return open.rows.map(({ who, query }) => `${who || 'unnamed'}, which last ran ${query}`);
    }
    await delay(RETRY_MS);
  }
}
