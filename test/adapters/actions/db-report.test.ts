import { beforeAll, describe, expect, it } from 'vitest';
import { dbReport } from '../../../src/adapters/actions/db-report.ts';
import type { ActionInput } from '../../../src/domain/spec/action.ts';
import type { ActionOutcome, ConnectedTarget } from '../../../src/usecases/action-port.ts';
import { context, targetDatabase } from './target-database.ts';

const db = targetDatabase();
const HOSTILE = 'i"; drop table orders; --';

function report(input: Partial<ActionInput<'db.report'>> = {}, target: ConnectedTarget = db.target()) {
  return dbReport(
    { action: 'db.report', target: 'main', timeout: 60_000, deadRowsAbove: 100, top: 10, ...input },
    target,
    context(),
  );
}

/** The lines of one part of a report. */
function part({ output }: ActionOutcome, title: RegExp): string[] {
  const found = output.split('\n\n').find((section) => title.test(section.split('\n')[0] ?? ''));
  return (
    found
      ?.split('\n')
      .slice(1)
      .map((line) => line.trim()) ?? []
  );
}

beforeAll(async () => {
  // A connection hands in what it counted when it ends.
  const owner = await db.connect();
  await owner.query(`
    create table orders (id int primary key, state text, body text, code text unique);
    create index orders_state on orders (state);
    create index orders_state_again on orders (state);
    create index orders_state_body on orders (state, body);
    create index orders_by_code on orders (code);
    create index "i""; drop table orders; --" on orders (body) where state = 'open';
    create index orders_broken on orders (body);
    create index orders_state_ccnew on orders (state);
    create table used (id int, at int);
    create index used_at on used (at);
    create table few (id smallint primary key generated always as identity, all_of text);
    insert into orders select n, 'open', repeat('x', 300), 'c' || n from generate_series(1, 3000) n;
    update pg_index set indisvalid = false where indexrelid::regclass::text in ('orders_broken', 'orders_state_ccnew')`);
  await db.sql(`select setval('few_id_seq', 32000)`);
  await owner.end();
  const reader = await db.connect();
  await reader.query('set enable_seqscan = off');
  await reader.query('select * from used where at = 1');
  await reader.query('delete from orders where id <= 1000');
  await reader.end();
});

it('says in one line what is worth knowing', async () => {
  const told = await report();
  expect(told.outcome).toBe('succeeded');
  expect(told.summary).toMatch(
    /^Database: \d+ of \d+ connections in use; 2 invalid indexes; 3 duplicate indexes; 5 unused indexes; \d.* on disk; 1 with more than 100 dead rows; 1 sequences near their end; 2 of 10 parts not available$/,
  );
});

it('counts the connections of the server against how many there can be', async () => {
  const [used = '', here = '', states = ''] = part(await report(), /^Connections/);
  const [{ most } = { most: 0 }] = await db.sql<{ most: number }>(
    `select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as most`,
  );
  expect(used).toMatch(new RegExp(`^\\d+ of ${most} connections in use \\(\\d+%; 3 more for superusers\\)$`));
  expect(here).toBe('2 to this database');
  expect(states).toMatch(/^\d+ active, \d+ idle, \d+ idle in a transaction$/);
});

describe('indexes', () => {
  it('tells unused ones and since when, without those that keep values unique', async () => {
    const told = await report();
    expect(told.output).toMatch(
      /^Indexes not used since (the database was made, or last crashed|20\d\d-\d\d-\d\d \d\d:\d\d UTC), by this server/m,
    );
    const names = part(told, /^Indexes not used/).map((line) => line.split(' on ')[0]);
    expect(names.toSorted()).toEqual(
      [
        `public.${HOSTILE}`,
        'public.orders_by_code',
        'public.orders_state',
        'public.orders_state_again',
        'public.orders_state_body',
      ].toSorted(),
    );
  });

  it('tells those of the same definition from those with the first columns of another', async () => {
    expect(part(await report(), /^Duplicate/).map((line) => line.replace(/ on public.orders \([^)]+\)/, ''))).toEqual([
      'public.orders_by_code has the same definition as public.orders_code_key',
      'public.orders_state has the first columns of public.orders_state_body',
      'public.orders_state_again has the same definition as public.orders_state',
    ]);
  });

  it('tells invalid ones, and which of them a broken off rebuild left', async () => {
    expect(part(await report(), /^Invalid/)).toEqual([
      'public.orders_broken on public.orders: not finished when it was made',
      'public.orders_state_ccnew on public.orders: left by a broken off rebuild of orders_state',
    ]);
  });
});

it('tells sizes, dead rows and sequences that end soon', async () => {
  const told = await report();
  expect(part(told, /^Storage/)[1]).toMatch(/^public\.orders {2}[\d.]+ MB {2}[\d.]+ MB {2}[\d.]+ [kM]B$/);
  expect(part(told, /^Tables with more than 100 dead rows/)).toEqual([
    'public.orders: 1000 dead rows (33%), never vacuumed',
  ]);
  expect(part(await report({ deadRowsAbove: 1000 }), /^Tables with more than 1000/)).toEqual(['none']);
  expect(part(told, /^Sequences/)).toEqual(['public.few_id_seq: 97.7% used']);
});

it('tells free space apart from dead rows, where pgstattuple is installed', async () => {
  expect(part(await report(), /^Free space/)).toEqual([
    'not available: pgstattuple is not installed in this database; dead rows alone do not tell it',
  ]);
  await db.sql('create schema "ext;"; create extension pgstattuple schema "ext;"');
  await db.sql(`create table swollen as select n, repeat('x', 1000) as body from generate_series(1, 3000) n`);
  await db.sql('delete from swollen where n % 3 > 0');
  await db.sql('vacuum swollen');
  const told = await report({ tables: ['swollen'] });
  expect(part(told, /^Tables with more/)).toEqual(['none']);
  expect(part(told, /^Free space/)).toEqual([expect.stringMatching(/^public\.swollen: 2\.\d MB free \((6|7)\d%\)$/)]);
  await db.sql('drop table swollen; drop extension pgstattuple');
});

it('tells the oldest transaction and how far wraparound is', async () => {
  const other = await db.connect();
  await other.query(`set application_name = 'nightly export'; begin; select txid_current()`);
  const [oldest, wraparound] = part(await report(), /^Age/);
  await other.query('rollback');
  await other.end();
  expect(oldest).toMatch(
    /^the oldest transaction is open for less than a minute \(process \d+, nightly export, idle in transaction\)$/,
  );
  expect(wraparound).toMatch(/^0\.0% of the way to wraparound: transaction ids \d+ old, multixact ids \d+ old$/);
  expect(part(await report(), /^Age/)[0]).toBe('no other transaction is open');
});

it('says what a role may not see, and could not run where it may not come in', async () => {
  await db.sql(`create role guest login password 'guest-pw'`);
  await db.sql('create extension pgstattuple');
  const told = await report({}, db.as('guest', 'guest-pw'));
  await db.sql('drop extension pgstattuple');
  expect(told.outcome).toBe('succeeded');
  expect(part(told, /^Connections/)[2]).toMatch(/, \d+ whose state this role may not see$/);
  expect(part(told, /^Free space/)).toEqual(['not available: permission denied for function pgstattuple_approx']);
  expect(part(told, /^Sequences/)).toEqual(['none', '1 that this role may not read']);
  const refused = await report({}, db.as('guest', 'wrong-pw'));
  await db.sql('drop role guest');
  expect(refused).toMatchObject({
    outcome: 'could-not-run',
    summary: expect.stringContaining('password authentication failed'),
  });
  expect(JSON.stringify(refused)).not.toContain('wrong-pw');
});
