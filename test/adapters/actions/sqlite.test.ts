import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dbMaintain } from '../../../src/adapters/actions/db-maintain.ts';
import { prune } from '../../../src/adapters/actions/prune.ts';
import { sqlQuery } from '../../../src/adapters/actions/sql-query.ts';
import type { ActionInput } from '../../../src/domain/spec/action.ts';
import type { ActionContext, ConnectedTarget } from '../../../src/usecases/action-port.ts';
import { context } from './target-database.ts';

const HOSTILE = `t"; drop table submissions; --`;

let folder: string;
let file: string;
let database: DatabaseSync;

/** Alice has 105 submissions, Bob 3, a day between each and the next. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainstay-sqlite-'));
  file = join(folder, "-rf it's; memo.db");
  database = new DatabaseSync(file);
  database.exec(`
    create table submissions (id integer primary key, user_id int, created_at text, body text);
    with n(i) as (select 1 union all select i + 1 from n where i < 105)
      insert into submissions select i, 1, datetime('2026-03-01 12:00', -i || ' days'), 'alice@example.com' from n;
    with n(i) as (select 1 union all select i + 1 from n where i < 3)
      insert into submissions select 200 + i, 2, datetime('2026-03-01 12:00', -i || ' days'), 'bob@example.com' from n`);
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

const target = (url = file): ConnectedTarget => ({ key: 'db', kind: 'sqlite', title: 'SQLite file', url });
const ids = () =>
  database
    .prepare('select id from submissions order by id')
    .all()
    .map(({ id }) => Number(id));

function run(input: Partial<ActionInput<'prune'>>, more: Partial<ActionContext> = {}, url = file) {
  const whole = {
    action: 'prune' as const,
    target: 'db',
    timeout: 1,
    table: 'submissions',
    cap: 1000,
    batch: 3,
    takes: [],
  };
  return prune({ ...whole, lockTimeout: 5_000, ...input }, target(url), context(more));
}

const ask = (query: string, bounds: Partial<ActionInput<'sql.query'>> = {}, url = file) =>
  sqlQuery({ action: 'sql.query', target: 'db', timeout: 1, query, ...bounds }, target(url), context());

function maintain(steps: ActionInput<'db.maintain'>['steps'], more: Partial<ActionContext> = {}, lockTimeout = 5_000) {
  const whole = { action: 'db.maintain' as const, target: 'db', timeout: 1, deadRowsAbove: 0, lockTimeout };
  return dbMaintain({ ...whole, steps }, target(), context(more));
}

const LAST_100 = { keepNewest: { rows: 100, per: ['user_id'], by: 'created_at' } };

describe('prune', () => {
  it('keeps the last 100 submissions of each user, in batches', async () => {
    expect(await run(LAST_100, { mode: 'preview' })).toEqual({
      outcome: 'succeeded',
      summary: 'SQLite file: would delete 5 rows of submissions',
      output: '5 rows of submissions match; the cap is 1000\nid: 101; 102; 103; 104; 105',
    });
    expect(ids()).toHaveLength(108);
    expect(await run(LAST_100)).toMatchObject({
      outcome: 'succeeded',
      summary: 'SQLite file: 5 rows of submissions deleted',
    });
    expect(ids()).toEqual([...Array.from({ length: 100 }, (_, n) => n + 1), 201, 202, 203]);
  });

  it('deletes nothing above the cap', async () => {
    expect(await run({ ...LAST_100, cap: 4 })).toMatchObject({
      outcome: 'failed',
      summary: 'SQLite file: 5 rows of submissions match, more than the cap of 4; none is deleted',
    });
    expect(ids()).toHaveLength(108);
  });

  it('reads times as texts, as seconds and as Julian days, and keeps what has none', async () => {
    database.exec(`
      create table times (id integer primary key, at);
      insert into times values (1, '2026-02-28 07:59:59'), (2, '2026-02-28 08:00:01'), (3, null),
        (4, unixepoch('2026-02-28 07:59:59')), (5, unixepoch('2026-02-28 08:00:01')), (6, julianday('2026-02-28 07:00')), (7, 'soon')`);
    expect(await run({ table: 'times', olderThan: { column: 'at', age: 2 * 24 * 3600_000 } })).toMatchObject({
      outcome: 'succeeded',
    });
    expect(
      database
        .prepare('select id from times')
        .all()
        .map(({ id }) => id),
    ).toEqual([2, 3, 5, 7]);
  });

  it('fails on a column that is not there, which SQLite would take for a text, and deletes nothing', async () => {
    expect(await run({ keepNewest: { rows: 1, per: ['userid'], by: 'created_at' } })).toMatchObject({
      outcome: 'failed',
      summary: 'SQLite file: no such column: ranked.userid',
    });
    expect(await run({ olderThan: { column: 'created', age: 1 } })).toMatchObject({ outcome: 'failed' });
    expect(ids()).toHaveLength(108);
  });

  it('refuses where rows of other tables would go with them, until the spec names those', async () => {
    database.exec(`
      create table answers (id integer primary key, submission references submissions on delete cascade);
      insert into answers values (1, 105)`);
    expect(await run(LAST_100)).toMatchObject({
      outcome: 'could-not-run',
      summary: expect.stringContaining('those of answers;'),
    });
    expect(await run({ ...LAST_100, takes: ['answers'] })).toMatchObject({ outcome: 'succeeded' });
    expect(database.prepare('select count(*) as n from answers').get()).toEqual({ n: 0 });
  });

  it('reads names as names, whatever is in them', async () => {
    const quoted = `"${HOSTILE.replaceAll('"', '""')}"`;
    database.exec(
      `create table ${quoted} ("a ""b"";" text, n int, primary key ("a ""b"";", n)); insert into ${quoted} values ('x', 1), ('x', 2)`,
    );
    const told = await run({ table: HOSTILE, keepNewest: { rows: 1, per: ['a "b";'], by: 'n' } });
    expect(told).toMatchObject({ outcome: 'succeeded', output: expect.stringContaining('a "b";, n: x, 1\n1 deleted') });
    expect(ids()).toHaveLength(108);
  });

  it('takes one statement only', async () => {
    expect(await run({ where: 'true); delete from submissions; select (1' })).toMatchObject({ outcome: 'failed' });
    expect(ids()).toHaveLength(108);
  });
});

describe('sql.query', () => {
  it('holds the answer against a bound', async () => {
    expect(await ask('pragma integrity_check', { returns: 'ok' })).toMatchObject({
      outcome: 'succeeded',
      output: 'integrity_check\nok',
    });
    expect(await ask('select count(*) from submissions', { atMost: 100 })).toMatchObject({
      outcome: 'failed',
      summary: 'SQLite file: the query gave 108, more than 100',
    });
    expect((await ask('select id from submissions')).output.split('\n').at(-1)).toBe('and 88 more rows');
  });

  it('fails on a damaged file', async () => {
    database.close();
    const { size } = await stat(file);
    await writeFile(file, Buffer.alloc(size - 4096, 7), { flag: 'r+' });
    database = new DatabaseSync(':memory:');
    expect((await ask('pragma integrity_check', { returns: 'ok' })).outcome).not.toBe('succeeded');
  });

  it.each([
    ['a DELETE', 'delete from submissions', /readonly database/],
    ['several statements', 'select 1; select 2', /more than one statement/],
    ['a file of its own', `vacuum into '/tmp/x'`, /not queries/],
    ['a misspelt one', 'selekt 1', /syntax error/],
  ])('fails on %s, and changes nothing', async (_what, query, reason) => {
    expect(await ask(query)).toMatchObject({ outcome: 'failed', summary: expect.stringMatching(reason) });
    expect(ids()).toHaveLength(108);
  });

  it('could not run on a file that is not there, and makes none', async () => {
    const nowhere = join(folder, 'nowhere.db');
    expect(await ask('select 1', {}, nowhere)).toMatchObject({
      outcome: 'could-not-run',
      summary: expect.stringContaining('ENOENT'),
    });
    expect(await run(LAST_100, {}, nowhere)).toMatchObject({ outcome: 'could-not-run' });
    await expect(stat(nowhere)).rejects.toThrow('ENOENT');
  });
});

describe('db.maintain', () => {
  it('gives the space of deleted rows back, with figures before and after', async () => {
    database.exec(
      `create table big as select hex(randomblob(500)) as body from submissions, submissions s limit 2000; drop table big`,
    );
    const before = (await stat(file)).size;
    const told = await maintain(['vacuum-analyze', 'reindex', 'bloat-report']);
    expect(told).toMatchObject({
      outcome: 'succeeded',
      summary: 'SQLite file: vacuum-analyze, reindex, bloat-report done',
    });
    expect(told.output).toMatch(
      /^before: 2\.\d MB, of which 2\.\d MB free\nvacuum-analyze: \d+ ms; \d+ kB, of which 0 B free\nreindex: /,
    );
    expect((await stat(file)).size).toBeLessThan(before / 10);
  });

  it('says in a preview what it would do, and does nothing', async () => {
    database.exec(`create table big as select hex(randomblob(500)) as body from submissions; drop table big`);
    const before = (await stat(file)).size;
    expect(await maintain(['vacuum-analyze'], { mode: 'preview' })).toMatchObject({
      outcome: 'succeeded',
      summary: 'SQLite file: would do vacuum-analyze',
    });
    expect((await stat(file)).size).toBe(before);
  });

  it('does not wait longer than the spec says for somebody who writes', async () => {
    database.exec('begin immediate');
    expect(await maintain(['vacuum-analyze'], {}, 50)).toEqual({
      outcome: 'could-not-run',
      summary: 'SQLite file: database is locked',
      output: '',
    });
    database.exec('rollback');
  });

  it('ends its process when it is stopped', async () => {
    database.exec('begin immediate');
    const stop = new AbortController();
    const running = maintain(['vacuum-analyze'], { signal: stop.signal }, 600_000);
    await vi.waitFor(() => expect(process.getActiveResourcesInfo()).toContain('ProcessWrap'));
    stop.abort();
    expect(await running).toEqual({
      outcome: 'failed',
      summary: 'SQLite file: stopped before it was done',
      output: '',
    });
    database.exec('rollback');
  });
});
