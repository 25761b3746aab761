import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { prune } from '../../../src/adapters/actions/prune.ts';
import type { ActionInput } from '../../../src/domain/spec/action.ts';
import type { ActionContext, ConnectedTarget } from '../../../src/usecases/action-port.ts';
import { context, targetDatabase } from './target-database.ts';

const db = targetDatabase();

const HOSTILE = 't"; drop table submissions; --';
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const DAY = 24 * 3600 * 1000;

/** Alice has 105 submissions, Bob 3, a day between each and the next; the newest is of 2026-03-01. */
beforeEach(async () => {
  await db.sql(`
    create table users (id int primary key, email text);
    create table submissions (id int primary key, user_id int, created_at timestamptz, body text);
    insert into users values (1, 'alice@example.com'), (2, 'bob@example.com');
    insert into submissions select n, 1, timestamptz '2026-03-01 12:00Z' - n * interval '1 day', 'alice@example.com' from generate_series(1, 105) n;
    insert into submissions select 200 + n, 2, timestamptz '2026-03-01 12:00Z' - n * interval '1 day', 'bob@example.com' from generate_series(1, 3) n`);
});
afterEach(async () => {
  await db.sql('drop table if exists submissions, users, answers, notes cascade');
});

function run(
  input: Partial<ActionInput<'prune'>> = {},
  more: Partial<ActionContext> & { target?: ConnectedTarget } = {},
) {
  const { target = db.target(), ...rest } = more;
  const whole = {
    action: 'prune' as const,
    target: 'main',
    timeout: 60_000,
    table: 'submissions',
    cap: 1000,
    batch: 1000,
    takes: [],
  };
  return prune({ ...whole, lockTimeout: 10_000, ...input }, target, context(rest));
}

const ids = async (table = 'submissions') =>
  (await db.sql<{ id: number }>(`select id from ${table} order by id`)).map(({ id }) => id);

const LAST_100 = { keepNewest: { rows: 100, per: ['user_id'], by: 'created_at' } };

it('keeps the last 100 submissions of each user, and deletes the older ones', async () => {
  expect(await run(LAST_100)).toEqual({
    outcome: 'succeeded',
    summary: 'Database: 5 rows of public.submissions deleted',
    output: '5 rows of public.submissions match; the cap is 1000\nid: 101; 102; 103; 104; 105\n5 deleted',
  });
  expect(await ids()).toEqual([...Array.from({ length: 100 }, (_, n) => n + 1), 201, 202, 203]);
  expect(await run(LAST_100)).toMatchObject({
    outcome: 'succeeded',
    summary: 'Database: 0 rows of public.submissions deleted',
  });
});

it('counts in a preview and shows keys, nothing else of the rows, and deletes nothing', async () => {
  const told = await run({ where: `body like '%example%'` }, { mode: 'preview' });
  expect(told).toEqual({
    outcome: 'succeeded',
    summary: 'Database: would delete 108 rows of public.submissions',
    output: '108 rows of public.submissions match; the cap is 1000\nid: 1; 2; 3; 4; 5 ...',
  });
  expect(await ids()).toHaveLength(108);
});

it('deletes nothing above the cap, says how many there are and has failed', async () => {
  for (const mode of ['preview', 'run'] as const) {
    expect(await run({ ...LAST_100, cap: 4 }, { mode })).toMatchObject({
      outcome: 'failed',
      summary: 'Database: 5 rows of public.submissions match, more than the cap of 4; none is deleted',
    });
  }
  expect(await ids()).toHaveLength(108);
});

it('deletes what is older than the spec says, to the millisecond, and keeps what has no time', async () => {
  await db.sql(`insert into submissions values (300, 3, null, '')`);
  // Now is 2026-03-02 08:00 UTC: row 99 is of 2025-11-22 12:00, which is 99 days and 20 hours before.
  const age = 99 * DAY + 20 * 3600 * 1000;
  expect(await run({ olderThan: { column: 'created_at', age } })).toMatchObject({ outcome: 'succeeded' });
  expect(await ids()).toEqual([...Array.from({ length: 99 }, (_, n) => n + 1), 201, 202, 203, 300]);
});

it('takes every condition together: newer rows are kept though they are too many', async () => {
  const told = await run({
    ...LAST_100,
    olderThan: { column: 'created_at', age: 103 * DAY },
    where: 'id <> 104 -- a note',
  });
  expect(told).toMatchObject({ outcome: 'succeeded' });
  expect((await ids()).filter((id) => id > 100 && id < 200)).toEqual([101, 102, 104]);
});

it('deletes orphans by a query for their keys', async () => {
  await db.sql('delete from users where id = 2');
  const keys = 'select s.id from submissions s left join users u on u.id = s.user_id where u.id is null -- orphans';
  expect(await run({ keys })).toMatchObject({
    outcome: 'succeeded',
    summary: 'Database: 3 rows of public.submissions deleted',
  });
  expect(await ids()).toEqual(Array.from({ length: 105 }, (_, n) => n + 1));
});

it('deletes in batches, each a transaction of its own, and tells how far it came when one fails', async () => {
  await db.sql(`create table notes (submission int references submissions); insert into notes values (95)`);
  const told = await run({ where: 'id > 90', batch: 2, cap: 100 });
  expect(told.outcome).toBe('failed');
  expect(told.summary).toMatch(
    /^Database: 4 of 18 rows of public\.submissions deleted: update or delete on table "submissions" violates foreign key/,
  );
  expect((await ids()).filter((id) => id > 90)).toEqual([
    95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 201, 202, 203,
  ]);
  expect(told.output).toMatch(/\n4 deleted$/);
});

it('refuses where rows of other tables would go with them, until the spec names those', async () => {
  await db.sql(`
    create table answers (id int primary key, submission int references submissions on delete cascade);
    create table notes (answer int references answers on delete set null);
    insert into answers values (1, 105)`);
  expect(await run({ ...LAST_100, takes: ['answers'] })).toEqual({
    outcome: 'could-not-run',
    summary:
      'Database: with rows of public.submissions go or change those of public.notes; if that is meant, name them in takes',
    output: '',
  });
  expect(await ids('answers')).toEqual([1]);
  expect(await run({ ...LAST_100, takes: ['answers', 'public.notes'] })).toMatchObject({ outcome: 'succeeded' });
  expect(await ids('answers')).toEqual([]);
});

it('keeps a row that somebody saves while it waits for it', async () => {
  const other = await db.connect();
  await other.query('begin');
  await other.query(`update submissions set body = 'kept' where id = 105`);
  const running = run({ where: `id >= 104 and id < 200 and body <> 'kept'` });
  const waits = () =>
    db.sql(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like 'with doomed%'`);
  await vi.waitUntil(async () => (await waits()).length > 0, { timeout: 20_000 });
  await other.query('commit');
  expect(await running).toMatchObject({
    outcome: 'succeeded',
    summary: 'Database: 1 rows of public.submissions deleted',
  });
  expect((await ids()).filter((id) => id > 102)).toEqual([103, 105, 201, 202, 203]);
});

it('does not wait for a lock longer than the spec says', async () => {
  const other = await db.connect();
  await other.query('begin; select * from submissions where id = 1 for update');
  const told = await run({ where: 'id = 1', lockTimeout: 50 });
  await other.query('rollback');
  expect(told).toMatchObject({ outcome: 'failed', summary: expect.stringContaining('lock timeout') });
});

it('stops between batches, and says how far it came', async () => {
  const other = await db.connect();
  await other.query('begin; select * from submissions where id = 3 for update');
  const stop = new AbortController();
  const running = run({ where: 'id < 10', batch: 2 }, { signal: stop.signal });
  const waits = () =>
    db.sql(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like 'with doomed%'`);
  await vi.waitUntil(async () => (await waits()).length > 0, { timeout: 20_000 });
  stop.abort();
  expect(await running).toMatchObject({
    outcome: 'failed',
    summary: 'Database: stopped after 2 of 9 rows of public.submissions',
  });
  await other.query('rollback');
  expect((await ids()).filter((id) => id < 10)).toHaveLength(7);
});

it('reads names as names and values as values, whatever is in them', async () => {
  await db.sql(`create table ${quoted(HOSTILE)} ("a ""b"";" text, "--" int, "at;" timestamptz, primary key ("a ""b"";", "--"));
    insert into ${quoted(HOSTILE)} values ('x; ''', 1, now()), ('-rf', 2, '2020-01-01Z'), ('-rf', 3, '2020-01-02Z')`);
  const told = await run({
    table: HOSTILE,
    olderThan: { column: 'at;', age: DAY },
    keepNewest: { rows: 1, per: ['a "b";'], by: 'at;' },
  });
  expect(told).toMatchObject({
    outcome: 'succeeded',
    output: expect.stringContaining('a "b";, --: -rf, 2\n1 deleted'),
  });
  expect(await db.sql(`select "--" as n from ${quoted(HOSTILE)} order by 1`)).toEqual([{ n: 1 }, { n: 3 }]);
  expect(await ids()).toHaveLength(108);
  await db.sql(`drop table ${quoted(HOSTILE)}`);
});

it.each([
  ['a second statement', 'true); delete from users; select (1', /cannot insert multiple commands/],
  ['a write', "id in (select set_config('x.y', 'z', false)::int)", /invalid input syntax/],
  ['a misspelt column', 'idd = 1', /column "idd" does not exist/],
])('fails on a condition with %s, and deletes nothing', async (_what, where, reason) => {
  expect(await run({ where })).toMatchObject({ outcome: 'failed', summary: expect.stringMatching(reason) });
  expect(await ids()).toHaveLength(108);
  expect(await ids('users')).toEqual([1, 2]);
});

it('could not run without a primary key, on a table that is not there, and without the right to delete', async () => {
  await db.sql('create table notes (n int)');
  expect(await run({ table: 'notes', where: 'true' })).toMatchObject({
    outcome: 'could-not-run',
    summary: 'Database: public.notes has no primary key, by which its rows could be told apart',
  });
  expect(await run({ table: 'nowhere', where: 'true' })).toMatchObject({
    outcome: 'could-not-run',
    summary: 'Database: there is no table nowhere',
  });
  await db.sql(`create role prune_reader login password 'prune-pw'; grant select on submissions to prune_reader`);
  const target = db.as('prune_reader', 'prune-pw');
  expect(await run(LAST_100, { target })).toMatchObject({
    outcome: 'could-not-run',
    summary: 'Database: 0 of 5 rows of public.submissions deleted: permission denied for table submissions',
  });
  await db.sql('alter table submissions enable row level security');
  expect(await run(LAST_100, { target })).toMatchObject({
    outcome: 'could-not-run',
    summary: expect.stringContaining('query would be affected by row-level security policy'),
  });
  await db.sql('revoke all on submissions from prune_reader; drop role prune_reader');
  expect(await ids()).toHaveLength(108);
});
