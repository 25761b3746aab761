import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dbReport } from '../../../src/adapters/actions/db-report.ts';
import { type OwnPostgres, ownPostgres } from '../../support/own-postgres.ts';
import { context } from './target-database.ts';

// pg_stat_statements must be loaded when the server starts, so this is a server of the test's own.

let server: OwnPostgres;

async function sql(...texts: string[]): Promise<void> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  for (const text of texts) await client.query(text);
  await client.end();
}

async function slow(): Promise<string> {
  const input = { action: 'db.report' as const, target: 'main', timeout: 60_000, deadRowsAbove: 0, top: 3 };
  const target = { key: 'main', kind: 'postgres' as const, title: 'Database', url: server.url };
  const { output } = await dbReport(input, target, context());
  return output.split('\n\n').find((section) => section.startsWith('Slow queries')) ?? '';
}

beforeAll(async () => {
  server = await ownPostgres();
});
afterAll(() => server.delete());

it('tells slow queries where their statistics are kept, and why not elsewhere', async () => {
  expect(await slow()).toBe('Slow queries\n  not available: pg_stat_statements is not installed in this database');
  await sql('create extension pg_stat_statements');
  expect(await slow()).toBe(
    'Slow queries\n  not available: pg_stat_statements must be loaded via shared_preload_libraries',
  );
  await sql(`alter system set shared_preload_libraries = 'pg_stat_statements'`);
  await server.stop('immediate');
  await server.start();
  await sql(
    'create table big as select n from generate_series(1, 200000) n',
    'select pg_stat_statements_reset()',
    'copy (select *, pg_sleep(0.2) from generate_series(1, 2)) to stdout',
    `create role leak password 'as-it-was-written'`,
    'select count(*), pg_sleep(0.1) from big where n > 42',
    'update big set n = n where n = 7',
  );
  const [, heading = '', first = '', ...rest] = (await slow()).split('\n');
  expect(heading).toMatch(/^ {2}total +mean +calls {2}query$/);
  expect(first).toMatch(/^ {2}\d{3,} ms +[\d.]+ ms +1 +select count\(\*\), pg_sleep\(\$1\) from big where n > \$2$/);
  expect(rest.join('\n')).toContain('update big set n = n where n = $1');
  expect(rest.join('\n')).not.toMatch(/copy|leak/i);
});
