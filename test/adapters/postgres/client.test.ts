import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/adapters/postgres/client.ts';
import { type FreshDatabase, freshDatabase } from '../../support/postgres.ts';

let fresh: FreshDatabase;
let db: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  const admin = new Client({ connectionString: fresh.url });
  await admin.connect();
  await admin.query(`alter database ${new URL(fresh.url).pathname.slice(1)} set timezone = 'America/New_York'`);
  await admin.end();
  db = openDatabase(fresh.url, { poolSize: 1 });
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

test('an instant comes back as it was sent, also from a database that lives in New York', async () => {
  const at = new Date('2026-03-08T07:30:00.123Z');
  const [row] = await db.prisma.$queryRaw<
    { at: Date; text: string }[]
  >`select ${at}::timestamptz as at, ${at}::timestamptz::text as text`;
  expect(row).toEqual({ at, text: '2026-03-08 07:30:00.123+00' });
});

test('a query that is asked again is prepared once per connection, in and out of transactions', async () => {
  const named = () =>
    db.prisma.$queryRaw<
      { name: string }[]
    >`select name from pg_prepared_statements where statement like 'select 1729%'`;
  await db.prisma.$queryRaw`select 1729 as taxi`;
  await db.prisma.$queryRaw`select 1729 as taxi`;
  await db.prisma.$transaction((tx) => tx.$queryRaw`select 1729 as taxi`);
  expect(await named()).toHaveLength(1);
});
