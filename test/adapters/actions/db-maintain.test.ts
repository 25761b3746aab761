import type { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dbMaintain } from '../../../src/adapters/actions/db-maintain.ts';
import type { ActionInput } from '../../../src/domain/spec/action.ts';
import type { ActionContext, ConnectedTarget } from '../../../src/usecases/action-port.ts';
import { context, targetDatabase } from './target-database.ts';

const db = targetDatabase();

/** Everything a name may hold, and what a careless statement would do with it. */
const SCHEMA = 'a "b"; drop table orders; --';
const TABLE = '-rf $(x) \'y\' "z"';
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const HOSTILE = `${quoted(SCHEMA)}.${quoted(TABLE)}`;
const INDEX = 'i"; drop table orders; --';

beforeEach(async () => {
  await db.sql(`create table orders (id int primary key, state text, body text)`);
  await db.sql(`insert into orders select n, 'open', repeat('x', 200) from generate_series(1, 2000) n`);
  await db.sql('create index orders_state on orders (state)');
  await db.sql(`create schema ${quoted(SCHEMA)}`);
  await db.sql(`create table ${HOSTILE} (id int primary key)`);
  await db.sql(`create index ${quoted(INDEX)} on ${HOSTILE} (id)`);
});
afterEach(async () => {
  await db.sql(`drop table orders; drop schema ${quoted(SCHEMA)} cascade`);
});

type Steps = ActionInput<'db.maintain'>['steps'];

function maintain(
  steps: Steps,
  input: Partial<ActionInput<'db.maintain'>> = {},
  more: Partial<ActionContext> & { target?: ConnectedTarget } = {},
) {
  const { target = db.target(), ...rest } = more;
  const whole = {
    action: 'db.maintain' as const,
    target: 'main',
    timeout: 60_000,
    deadRowsAbove: 100,
    lockTimeout: 10_000,
  };
  return dbMaintain({ ...whole, steps, ...input }, target, context(rest));
}

const invalid = () =>
  db.sql<{ name: string }>(
    `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid where not i.indisvalid order by 1`,
  );

/** Whether a statement that begins so waits for a lock. */
const waiting = async (statement: string) =>
  (
    await db.sql(`select pid from pg_stat_activity where wait_event_type = 'Lock' and starts_with(query, $1)`, [
      statement,
    ])
  ).length > 0;
const PATIENCE = { timeout: 20_000, interval: 10 };

/** Leaves dead rows in `orders` that the statistics know. */
async function deleted(rows: number): Promise<void> {
  const other = await db.connect();
  await other.query('delete from orders where id <= $1', [rows]);
  await other.end();
  await vi.waitUntil(async () => {
    const [row] = await db.sql<{ dead: number }>(
      `select n_dead_tup::int as dead from pg_stat_user_tables where relname = 'orders'`,
    );
    return row?.dead === rows;
  }, PATIENCE);
}

/** Takes a lock, and keeps it until it is given back. */
async function holding(statement: string): Promise<Client> {
  const other = await db.connect();
  await other.query('begin');
  await other.query(statement);
  return other;
}

describe('vacuum-analyze', () => {
  it('frees dead rows and updates statistics, with figures before and after', async () => {
    await deleted(500);
    const told = await maintain(['vacuum-analyze'], { tables: ['orders'] });
    expect(told).toMatchObject({ outcome: 'succeeded', summary: 'Database: vacuum-analyze done' });
    expect(told.output).toMatch(
      /^vacuum-analyze: \d\.\d s\n {2}1\/1 public\.orders: \d+ ms; dead rows 500 -> 0; size \d+ kB -> \d+ kB$/,
    );
    expect(await db.sql(`select count(*)::int as columns from pg_stats where tablename = 'orders'`)).toEqual([
      { columns: 3 },
    ]);
  });

  it('takes every table there is, whatever it is called', async () => {
    const told = await maintain(['vacuum-analyze']);
    expect(told).toMatchObject({ outcome: 'succeeded' });
    expect(told.output).toContain(`${SCHEMA}.${TABLE}: `);
    const vacuumed = await db.sql(`select relname from pg_stat_user_tables where last_vacuum is not null order by 1`);
    expect(vacuumed).toEqual([{ relname: TABLE }, { relname: 'orders' }]);
  });

  it('says which table was locked for too long, does the others, and has failed', async () => {
    const other = await holding('lock table orders in share update exclusive mode');
    const told = await maintain(['vacuum-analyze'], { lockTimeout: 50 });
    await other.query('rollback');
    expect(told).toMatchObject({
      outcome: 'failed',
      summary: 'Database: not done: public.orders: canceling statement due to lock timeout',
    });
    expect(told.output).toContain(`${SCHEMA}.${TABLE}: `);
  });

  it('could not run where it owns nothing: PostgreSQL only warns', async () => {
    await db.sql(`create role stranger login password 'stranger-pw'`);
    const told = await maintain(
      ['vacuum-analyze'],
      { tables: ['orders'] },
      { target: db.as('stranger', 'stranger-pw') },
    );
    await db.sql('drop role stranger');
    expect(told).toMatchObject({
      outcome: 'could-not-run',
      summary: expect.stringMatching(/^Database: not done: public\.orders: skipping "orders"/),
    });
  });
});

describe('reindex', () => {
  it('rebuilds index by index, whatever they are called, and leaves nothing invalid', async () => {
    const files = () =>
      db.sql<{ name: string; file: number }>(
        `select relname as name, relfilenode::int as file from pg_class where relkind = 'i' and relnamespace::regnamespace::text !~ '^(pg_|info)' order by 1`,
      );
    const before = await files();
    const told = await maintain(['reindex']);
    expect(told).toMatchObject({ outcome: 'succeeded', summary: 'Database: reindex done' });
    expect(told.output).toContain(`${SCHEMA}.${INDEX}: `);
    const after = await files();
    expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
    expect(after.filter(({ file }, at) => file === before[at]?.file)).toEqual([]);
    expect(await invalid()).toEqual([]);
  });

  it('drops what broken off rebuilds left, and leaves an invalid index of somebody else, saying so', async () => {
    await db.sql(`insert into ${HOSTILE} values (1)`);
    await db.sql(`create index ${quoted(`${INDEX}_ccnew`)} on ${HOSTILE} (id)`);
    await db.sql('create index orders_state_ccold2 on orders (state)');
    await db.sql('create index mine_ccnew on orders (body)');
    await db.sql(`update pg_index set indisvalid = false where indexrelid::regclass::text ~ '_ccnew|_ccold2'`);
    const told = await maintain(['reindex']);
    expect(told.outcome).toBe('succeeded');
    expect(told.output).toContain(
      `dropped ${SCHEMA}.${INDEX}_ccnew, an invalid copy of ${INDEX} left by an earlier run`,
    );
    expect(told.output).toContain(
      'dropped public.orders_state_ccold2, an invalid copy of orders_state left by an earlier run',
    );
    expect(told.output).toContain('public.mine_ccnew is invalid, and left alone');
    expect(await invalid()).toEqual([{ name: 'mine_ccnew' }]);
  });

  it('drops what it left itself when it could not go on', async () => {
    const other = await holding('select * from orders'); // a rebuild waits for older transactions before its last step
    await other.query('set transaction isolation level read committed');
    const told = await maintain(['reindex'], { tables: ['public.orders'], lockTimeout: 100 });
    await other.query('rollback');
    expect(told).toMatchObject({ outcome: 'failed', summary: expect.stringContaining('lock timeout') });
    await db.sql('select 1');
    const again = await maintain(['reindex'], { tables: ['public.orders'] });
    expect(again.outcome).toBe('succeeded');
    expect(await invalid()).toEqual([]);
  });

  it('is cancelled when it is stopped, and what was half built is dropped', async () => {
    const other = await holding('select * from orders');
    const stop = new AbortController();
    const running = maintain(['vacuum-analyze', 'reindex'], { tables: ['orders'] }, { signal: stop.signal });
    await vi.waitUntil(() => waiting('reindex'), PATIENCE);
    expect(await invalid()).toEqual([{ name: 'orders_pkey_ccold' }]);
    stop.abort();
    await vi.waitUntil(() => waiting('drop index'), PATIENCE);
    await other.query('rollback');
    const told = await running;
    expect(told).toMatchObject({ outcome: 'failed', summary: 'Database: stopped before all of it was done' });
    expect(told.output).toMatch(/^vacuum-analyze: [\s\S]+\nreindex: stopped\n/);
    expect(told.output).toContain('dropped public.orders_pkey_ccold, an invalid copy of orders_pkey left by this run');
    expect(await invalid()).toEqual([]);
    const left = await db.sql(`select pid from pg_stat_activity where query like 'reindex%' and state = 'active'`);
    expect(left).toEqual([]);
  });

  it('leaves the index of an exclusion constraint alone, and says so', async () => {
    await db.sql('create table rooms (during int4range, exclude using gist (during with &&))');
    const told = await maintain(['reindex'], { tables: ['rooms'] });
    await db.sql('drop table rooms');
    expect(told.outcome).toBe('succeeded');
    expect(told.output).toContain('public.rooms_during_excl belongs to an exclusion constraint');
  });
});

it('takes the partitions with their table', async () => {
  await db.sql(`create table days (day int primary key) partition by range (day);
    create table days_1 partition of days for values from (0) to (10);
    create table days_2 partition of days for values from (10) to (20)`);
  const told = await maintain(['vacuum-analyze', 'reindex', 'analyze'], { tables: ['days'] });
  await db.sql('drop table days');
  expect(told.outcome).toBe('succeeded');
  expect(told.output).toContain('1/1 public.days: ');
  expect(told.output).toContain('1/2 public.days_1_pkey: ');
  expect(told.output).toContain('2/2 public.days_2_pkey: ');
});

it('maintains a database once at a time', async () => {
  const other = await holding('lock table orders in share update exclusive mode');
  const first = maintain(['vacuum-analyze'], { tables: ['orders'] });
  // Of this database: those of other tests' databases are seen from here too.
  const queued = `select 1 from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`;
  await vi.waitUntil(async () => (await db.sql(queued)).length > 0);
  expect(await maintain(['analyze'])).toEqual({
    outcome: 'could-not-run',
    summary: 'Database: is being maintained already; one maintenance of a database goes on at a time',
    output: '',
  });
  await other.query('rollback');
  expect(await first).toMatchObject({ outcome: 'succeeded' });
  expect(await maintain(['analyze'])).toMatchObject({ outcome: 'succeeded' });
});

it('reports bloat: tables with more dead rows than the spec says, and free space apart', async () => {
  await deleted(500);
  const told = await maintain(['bloat-report'], { deadRowsAbove: 499 });
  expect(told.output).toMatch(/public\.orders: 500 dead rows \(\d+%\), never vacuumed/);
  expect(told.output).toContain('not available: pgstattuple is not installed in this database');
  expect((await maintain(['bloat-report'], { deadRowsAbove: 500 })).output).toContain(
    'Tables with more than 500 dead rows\n    none',
  );
});

it('says in a preview what it would do, and does nothing', async () => {
  await db.sql('create index orders_state_ccnew on orders (state)');
  await db.sql(`update pg_index set indisvalid = false where indexrelid = 'orders_state_ccnew'::regclass`);
  const told = await maintain(['vacuum-analyze', 'reindex'], { tables: ['orders'] }, { mode: 'preview' });
  expect(told).toMatchObject({ outcome: 'succeeded', summary: 'Database: would do vacuum-analyze, reindex' });
  expect(told.output).toMatch(
    /^tables: public\.orders\nindexes: 3, together \d+ kB\ninvalid leftovers to drop: public\.orders_state_ccnew$/,
  );
  expect(await invalid()).toHaveLength(1);
  expect(await db.sql(`select last_vacuum from pg_stat_user_tables where relname = 'orders'`)).toEqual([
    { last_vacuum: null },
  ]);
});

it('could not run on a table that is not there, or on one of two of a name', async () => {
  expect(await maintain(['analyze'], { tables: ['oders'] })).toMatchObject({
    outcome: 'could-not-run',
    summary: 'Database: there is no table oders',
  });
  await db.sql(`create table ${quoted(SCHEMA)}.orders ()`);
  expect(await maintain(['analyze'], { tables: ['orders'] })).toMatchObject({
    outcome: 'could-not-run',
    summary: expect.stringMatching(/^Database: orders is the name of several: /),
  });
});
