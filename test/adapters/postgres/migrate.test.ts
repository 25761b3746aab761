import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseError } from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { migrate, migrationStatus } from '../../../src/adapters/postgres/migrate.ts';
import { readMigrationFiles } from '../../../src/adapters/postgres/migration-files.ts';
import { emptyDatabase, type FreshDatabase } from '../../support/postgres.ts';
import { asAdmin } from '../../support/test-server.ts';

const PEOPLE = '20260101000000_people';
const GREETING = '20260102000000_greeting';

let database: FreshDatabase;
let folder: string;

beforeEach(async () => {
  database = await emptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'mainstay-migrations-'));
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function committed(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const result = await asAdmin(database.url, (client) => client.query<Record<string, unknown>>(sql));
  return result.rows;
}

const tables = async () =>
  (
    await query(`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`)
  ).map((row) => row['relname']);

test('committed migrations are applied in order, once', async () => {
  await committed(GREETING, 'alter table person add greeting text');
  await committed(PEOPLE, 'create table person (name text); create table team (name text);');
  expect(await migrate(database.url, folder)).toEqual({ applied: [PEOPLE, GREETING] });
  expect(await migrate(database.url, folder)).toEqual({ applied: [] });
  expect(await tables()).toEqual(['_prisma_migrations', 'person', 'team']);
});

test('the history has what Prisma writes: checksum, one step, a start and an end', async () => {
  const sql = 'create table person (name text)';
  await committed(PEOPLE, sql);
  await migrate(database.url, folder);
  expect(await query('select * from _prisma_migrations')).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      checksum: createHash('sha256').update(sql).digest('hex'),
      migration_name: PEOPLE,
      logs: null,
      rolled_back_at: null,
      started_at: expect.any(Date),
      finished_at: expect.any(Date),
      applied_steps_count: 1,
    },
  ]);
});

test('the body of a function may contain semicolons and quotes', async () => {
  await committed(
    PEOPLE,
    `create function greet(name text) returns text language plpgsql as $$
     begin if name = '' then raise exception 'no name; no greeting'; end if; return 'Hello, ' || name || ';'; end $$;`,
  );
  await migrate(database.url, folder);
  expect(await query(`select greet('Alice')`)).toEqual([{ greet: 'Hello, Alice;' }]);
});

test('a migration that fails leaves nothing behind, says where and why, and goes through once it is mended', async () => {
  await committed(PEOPLE, 'create table person (name text)');
  await committed(GREETING, 'create table greeting (words text);\ninsert into greeting\nselect words from nowhere;');
  const refused = await migrate(database.url, folder).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    name: 'MigrationsRefused',
    reason: 'sql',
    message: `The migration ${GREETING} failed in line 3 and left nothing behind: relation "nowhere" does not exist.`,
    cause: expect.any(DatabaseError),
  });
  expect(await tables()).toEqual(['_prisma_migrations', 'person']);
  expect(await migrationStatus(database.url, folder)).toEqual({ applied: [PEOPLE], pending: [GREETING] });

  await committed(GREETING, 'create table greeting (words text)');
  expect(await migrate(database.url, folder)).toEqual({ applied: [GREETING] });
});

test('a migration is never in the database without its row in the history', async () => {
  await committed(
    PEOPLE,
    `create table person (name text);
     alter table _prisma_migrations add check (migration_name <> '${PEOPLE}');`,
  );
  await expect(migrate(database.url, folder)).rejects.toMatchObject({ reason: 'sql' });
  expect(await tables()).toEqual(['_prisma_migrations']);
});

test('a file that was edited after it was applied is refused by name', async () => {
  await committed(PEOPLE, 'create table person (name text)');
  await migrate(database.url, folder);
  await committed(PEOPLE, 'create table person (name text not null)');
  await expect(migrate(database.url, folder)).rejects.toMatchObject({
    reason: 'edited',
    message: expect.stringContaining(PEOPLE),
  });
  await expect(migrationStatus(database.url, folder)).rejects.toMatchObject({ reason: 'edited' });
});

test('a migration that Prisma began and never finished is refused until somebody resolves it', async () => {
  await committed(PEOPLE, 'create table person (name text)');
  await migrate(database.url, folder);
  await committed(GREETING, 'create table greeting (words text)');
  await query(
    `insert into _prisma_migrations (id, checksum, migration_name, started_at)
     values ('1', 'abc', '${GREETING}', '2026-01-02T03:04:05Z')`,
  );
  await expect(migrate(database.url, folder)).rejects.toMatchObject({
    reason: 'failed',
    message: expect.stringContaining(`${GREETING} began at 2026-01-02T03:04:05.000Z and never finished`),
  });

  await query(`update _prisma_migrations set rolled_back_at = now() where id = '1'`);
  expect(await migrate(database.url, folder)).toEqual({ applied: [GREETING] });
});

test('a database that is newer than this version is left alone', async () => {
  await committed(PEOPLE, 'create table person (name text)');
  await committed(GREETING, 'create table greeting (words text)');
  await migrate(database.url, folder);
  await rm(join(folder, GREETING), { recursive: true });
  await expect(migrate(database.url, folder)).rejects.toMatchObject({
    reason: 'newer',
    message: expect.stringContaining(GREETING),
  });
});

test("somebody else's database is left alone", async () => {
  await query('create table invoice (id int)');
  await committed(PEOPLE, 'create table person (name text)');
  await expect(migrate(database.url, folder)).rejects.toMatchObject({ reason: 'foreign' });
  expect(await tables()).toEqual(['invoice']);
});

test('of two processes that migrate at one instant one applies and the other waits and applies nothing', async () => {
  await committed(PEOPLE, 'create table person (name text)');
  const outcomes = await asAdmin(database.url, async (gate) => {
    await gate.query('select pg_advisory_lock(72707369)');
    const both = Promise.all([migrate(database.url, folder), migrate(database.url, folder)]);
    await vi.waitFor(async () => {
      const waiting = await gate.query(`select from pg_locks where locktype = 'advisory' and not granted`);
      expect(waiting.rowCount).toBe(2);
    });
    await gate.query('select pg_advisory_unlock(72707369)');
    return both;
  });
  expect(outcomes.flatMap(({ applied }) => applied)).toEqual([PEOPLE]);
});

test('a folder without its migration.sql is named', async () => {
  await mkdir(join(folder, PEOPLE));
  await expect(readMigrationFiles(folder)).rejects.toThrow(`${PEOPLE}/migration.sql should hold its SQL`);
});
