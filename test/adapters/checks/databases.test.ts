import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDatabase, type FreshDatabase } from '../../support/postgres.ts';
import { look, nobody } from './looking.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checks-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('migrations', () => {
  let database: FreshDatabase;
  const digest = (sql: string) => createHash('sha256').update(sql).digest('hex');
  const add = async (name: string, sql: string) => {
    await mkdir(join(folder, 'prisma/migrations', name), { recursive: true });
    await writeFile(join(folder, 'prisma/migrations', name, 'migration.sql'), sql);
  };
  const query = async (text: string) => {
    const client = new pg.Client(database.url);
    await client.connect();
    await client.query(text);
    await client.end();
  };
  beforeAll(async () => {
    database = await emptyDatabase();
    await add('1_first', 'SELECT 1');
    await add('2_second', 'SELECT 2');
  });
  afterAll(() => database.drop());

  const migrations = (folderOf = folder) =>
    look(
      { kind: 'migrations', target: 'db', files: 'here' },
      { db: { kind: 'postgres', url: 'env:DB' }, here: { kind: 'files', url: folderOf } },
      { env: { DB: database.url } },
    );

  it('are held against what the database has had', async () => {
    expect(await migrations()).toMatchObject({ answer: 'failing', detail: 'not applied: 1_first, 2_second' });
    await query(`CREATE TABLE "_prisma_migrations"
      (migration_name text, checksum text, finished_at timestamptz, rolled_back_at timestamptz)`);
    const insert = (name: string, sql: string, finished = 'now()', undone = 'null') =>
      query(`INSERT INTO "_prisma_migrations" VALUES ('${name}', '${digest(sql)}', ${finished}, ${undone})`);
    await insert('1_first', 'SELECT 1');
    await insert('2_second', 'SELECT 2', 'null', 'now()');
    await insert('2_second', 'SELECT 2');
    expect(await migrations()).toMatchObject({ answer: 'ok', detail: 'all 2 are applied', figures: { applied: 2 } });
    await insert('3_by_hand', '');
    await insert('4_broken', '', 'null');
    await add('2_second', 'SELECT 3');
    const detail = 'failed: 4_broken; not in the files: 3_by_hand, 4_broken; edited after they were applied: 2_second';
    expect(await migrations()).toMatchObject({ answer: 'failing', detail });
  });

  it('cannot be told without the files', async () => {
    expect(await migrations('/nowhere')).toMatchObject({ answer: 'could-not-tell' });
  });
});

describe('PostgreSQL', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await emptyDatabase();
  });
  afterAll(() => database.drop());
  const postgres = (written: Record<string, unknown>, url = database.url) =>
    look(
      { kind: 'postgres', target: 'db', ...written },
      { db: { kind: 'postgres', url: 'env:DB' } },
      { env: { DB: url } },
    );

  it('is told by its connections, its size and a query', async () => {
    expect(
      await postgres({ connections: '> 95%', size: '> 1TB', query: 'SELECT 5::bigint', breach: '> 5' }),
    ).toMatchObject({
      answer: 'ok',
      figures: { connections: expect.any(Number), size: expect.any(Number), value: 5 },
    });
    expect(await postgres({ connections: '> 0', size: '> 1kB', query: 'SELECT 6', breach: '> 5' })).toMatchObject({
      answer: 'failing',
      detail: expect.stringMatching(
        /^connections \d+, bad above 0; size [\d.]+MB, bad above 1kB; the query gives 6, bad above 5$/,
      ),
    });
    expect(await postgres({ query: "SELECT 'many'", breach: '> 5' })).toMatchObject({ answer: 'could-not-tell' });
  });

  it('is failing without a standby where one is asked about, and when it is down', async () => {
    expect(await postgres({ replicationLag: '> 30s' })).toMatchObject({ detail: 'has no standby that follows it' });
    const down = `postgresql://a:b@${(await nobody()).at}/c`;
    expect(await postgres({}, down)).toMatchObject({ answer: 'failing', detail: 'refused the connection' });
  });
});
