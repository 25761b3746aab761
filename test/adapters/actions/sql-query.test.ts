import { beforeAll, expect, it, vi } from 'vitest';
import { sqlQuery } from '../../../src/adapters/actions/sql-query.ts';
import type { ActionInput } from '../../../src/domain/spec/action.ts';
import type { ActionContext, ConnectedTarget } from '../../../src/usecases/action-port.ts';
import { context, targetDatabase } from './target-database.ts';

const db = targetDatabase();

beforeAll(async () => {
  await db.sql('create table aliases (alias text, used int)');
  await db.sql('create sequence written');
  await db.sql(`insert into aliases select 'alias ' || n, n from generate_series(1, 30) n`);
});

function ask(
  query: string,
  input: Partial<ActionInput<'sql.query'>> = {},
  more: { target?: Partial<ConnectedTarget> | ConnectedTarget; context?: Partial<ActionContext> } = {},
) {
  const whole = { action: 'sql.query' as const, target: 'main', timeout: 20_000, query, ...input };
  return sqlQuery(whole, db.target(more.target), context(more.context));
}

it('shows the answer as a table, with at most 20 rows and says how many there are', async () => {
  const told = await ask('select alias, used from aliases order by used');
  expect(told).toMatchObject({
    outcome: 'succeeded',
    summary: expect.stringMatching(/^Database: the query gave 30 rows in \d+ ms$/),
  });
  const lines = told.output.split('\n');
  expect(lines.slice(0, 3)).toEqual(['alias     used', 'alias 1   1', 'alias 2   2']);
  expect(lines).toHaveLength(22);
  expect(lines.at(-1)).toBe('and 10 more rows');
});

it('cuts wide cells and many columns, and shows NULL and hostile values on their line', async () => {
  const told = await ask(
    `select repeat('x', 90), null, E'a\\nb\\u202e\\x1b[31m', ${Array.from({ length: 8 }, (_, n) => n).join()}`,
  );
  const [, row = '', more] = told.output.split('\n');
  expect(row).toMatch(/^x{39}… {2}\(null\) {4}a b\[31m {3,}0 /);
  expect(more).toBe('and 3 more columns');
});

it('holds the answer against a bound', async () => {
  expect(await ask('select count(*) from aliases', { atMost: 30 })).toMatchObject({ outcome: 'succeeded' });
  expect(await ask('select count(*) from aliases', { atMost: 29 })).toMatchObject({
    outcome: 'failed',
    summary: 'Database: the query gave 30, more than 29',
  });
  expect(await ask('select used from aliases where used > 100', { rows: 0 })).toMatchObject({ outcome: 'succeeded' });
  expect(await ask('select used from aliases', { rows: { atMost: 29 } })).toMatchObject({
    outcome: 'failed',
    summary: 'Database: the query gave 30 rows, more than 29',
  });
});

it.each([
  ['a DELETE', 'delete from aliases', /syntax error at or near "delete"/],
  [
    'a write inside a WITH',
    'with gone as (delete from aliases returning 1) select * from gone',
    /must not contain data-modifying statements in WITH/,
  ],
  ['DDL', 'drop table aliases', /syntax error at or near "drop"/],
  ['a way back to writing', `select set_config('transaction_read_only', 'off', true)`, /read-write mode/],
  ['a function that writes', `select nextval('written')`, /cannot execute nextval\(\) in a read-only transaction/],
  ['several statements', 'select 1; drop table aliases', /cannot insert multiple commands into a prepared statement/],
  ['a COPY to a program', `copy (select 1) to program 'true'`, /syntax error at or near "copy"/],
  ['a COPY behind a semicolon', `; copy (select 1) to program 'true'`, /syntax error at or near ";"/],
  [
    'a COPY behind comments',
    `/* /* a */ */ -- b\n copy (select 1) to program 'true'`,
    /syntax error at or near "copy"/,
  ],
  ['a DO block', `do $$ begin execute 'copy (select 1) to program ''true'''; end $$`, /syntax error at or near "do"/],
  ['a misspelt one', 'selekt 1', /syntax error at or near "selekt"/],
])("fails on %s with PostgreSQL's own reason, and changes nothing", async (_what, query, reason) => {
  expect(await ask(query)).toMatchObject({ outcome: 'failed', summary: expect.stringMatching(reason) });
  expect(await db.sql('select count(*)::int as rows from aliases')).toEqual([{ rows: 30 }]);
});

it('asks what VALUES, TABLE and WITH give, also behind a comment and before one', async () => {
  for (const query of ['values (1), (2)', '-- all\ntable aliases;', 'with a as (select 1) select * from a -- end']) {
    expect(await ask(query)).toMatchObject({ outcome: 'succeeded' });
  }
});

it("does not get round the transaction by ending it: nothing follows the spec's statement", async () => {
  await ask('commit');
  await ask('set session characteristics as transaction read write');
  expect(await ask('delete from aliases')).toMatchObject({ outcome: 'failed' });
});

it('takes on the role of the target, and could not run where that may not look', async () => {
  await db.sql('create role "o\'reader; --" nologin');
  const target = { role: "o'reader; --" };
  expect(await ask('select current_user::text', {}, { target })).toMatchObject({
    summary: expect.stringContaining("gave o'reader; -- in"),
  });
  expect(await ask('select * from aliases', {}, { target })).toEqual({
    outcome: 'could-not-run',
    summary: 'Database: permission denied for table aliases',
    output: '',
  });
  expect(await ask('select 1', {}, { target: { role: 'nobody' } })).toMatchObject({
    outcome: 'could-not-run',
    summary: 'Database: role "nobody" does not exist',
  });
  await db.sql('drop role "o\'reader; --"');
});

it('is ended by the server when its time is up', async () => {
  const told = await ask('select pg_sleep(60)', { timeout: 50 });
  expect(told).toMatchObject({ outcome: 'failed', summary: expect.stringContaining('statement timeout') });
});

it('is cancelled on the server when it is stopped', async () => {
  const stop = new AbortController();
  const running = ask('select pg_sleep(60)', { timeout: 600_000 }, { context: { signal: stop.signal } });
  const asleep = () =>
    db.sql(`select pid from pg_stat_activity where query = 'fetch all from asked' and state = 'active'`);
  await vi.waitUntil(async () => (await asleep()).length === 1);
  stop.abort();
  expect(await running).toMatchObject({ outcome: 'failed', summary: 'Database: stopped before it was done' });
  await vi.waitUntil(async () => (await asleep()).length === 0);
});

it('could not run where the database cannot be reached, and does not tell its password', async () => {
  const url = 'postgresql://alice:hunter22@127.0.0.1:1/app';
  const told = await ask('select 1', {}, { target: { url } });
  expect(told).toMatchObject({
    outcome: 'could-not-run',
    summary: expect.stringContaining('Database cannot be reached: '),
  });
  expect(JSON.stringify(told)).not.toContain('hunter22');
});

it('says in a preview what it would ask, and asks nothing', async () => {
  const told = await ask(
    'select 1',
    {},
    { target: { url: 'postgresql://127.0.0.1:1/app' }, context: { mode: 'preview' } },
  );
  expect(told).toMatchObject({ outcome: 'succeeded', output: 'select 1' });
});
