import { Client } from 'pg';
import { expect, inject, test } from 'vitest';
import { emptyDatabase, freshDatabase } from '../../support/postgres.ts';
import { asAdmin, databaseUrl } from '../../support/test-server.ts';

const countTables = (url: string) =>
  asAdmin(url, async (client) => {
    const found = await client.query(`select count(*)::int as tables from pg_tables where schemaname = 'public'`);
    return found.rows[0]?.tables;
  });

test('a fresh database is migrated, an empty one has nothing', async () => {
  const [fresh, empty] = await Promise.all([freshDatabase(), emptyDatabase()]);
  expect(await countTables(fresh.url)).toBeGreaterThan(1);
  expect(await countTables(empty.url)).toBe(0);
  await Promise.all([fresh.drop(), empty.drop()]);
});

test('nobody can change the template', async () => {
  const { adminUrl, template } = inject('postgres');
  await expect(asAdmin(databaseUrl(adminUrl, template), async () => {})).rejects.toThrow(
    `database "${template}" is not currently accepting connections`,
  );
});

test('a connection that was left open is named, and the database is gone all the same', async () => {
  const fresh = await freshDatabase();
  const forgotten = new Client({ connectionString: fresh.url, application_name: 'a forgotten worker' });
  forgotten.on('error', () => {}); // it is cut off
  await forgotten.connect();
  await forgotten.query('select 1');
  await expect(fresh.drop()).rejects.toThrow('a forgotten worker, which last ran select 1');
  await forgotten.end();
  await expect(asAdmin(fresh.url, async () => {})).rejects.toMatchObject({ code: '3D000' });
});
