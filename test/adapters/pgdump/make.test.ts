import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type BackupJob, makeBackup } from '../../../src/adapters/pgdump/make.ts';
import { takeSnapshot } from '../../../src/adapters/pgdump/snapshot.ts';
import type { Manifest } from '../../../src/domain/backup/manifest.ts';
import { aJob, dumpOf, type Keys, makeKeys, restoreByHand, withProgram } from '../../support/backup-story.ts';
import { emptyDatabase, type FreshDatabase } from '../../support/postgres.ts';

const CANARY = 'canary@example.com';

let database: FreshDatabase;
let restored: FreshDatabase;
let client: Client;
let keys: Keys;
let root: string;
beforeAll(async () => {
  keys = await makeKeys();
  database = await emptyDatabase();
  client = new Client(database.url);
  await client.connect();
  await client.query(`
    create schema "odd ""name";
    create table "odd ""name"."a b; --" (id serial primary key, said text, at timestamptz default '2026-03-01', doc jsonb, raw bytea);
    insert into "odd ""name"."a b; --" (said, doc, raw)
      select '${CANARY} ' || n, jsonb_build_object('n', n), decode(md5(n::text), 'hex') from generate_series(1, 2000) n;
    create table parts (n int, twice int generated always as (n * 2) stored) partition by range (n);
    create table parts_low partition of parts for values from (0) to (500);
    create table parts_high partition of parts default;
    insert into parts (n) select generate_series(1, 1000);
    create unlogged table hasty (t text); insert into hasty values ('x'), (null);
    create materialized view stale as select count(*) from parts;
    create sequence unused;
    create table empty ();
    create role orders_reader; grant select on parts to orders_reader;
  `);
});
afterAll(async () => {
  await client.query('drop owned by orders_reader; drop role orders_reader');
  await client.end();
  await database.drop();
});
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'backups-'));
  restored = await emptyDatabase();
});
afterEach(async () => {
  rmSync(root, { recursive: true });
  await restored.drop();
});

function make(more: Partial<BackupJob> = {}, stop = new AbortController().signal): Promise<Manifest> {
  return makeBackup(aJob(database.url, root, keys, more), stop, () => undefined);
}

/** All that lies there, with what is in it. */
function left(): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** Holds a table of which only the definition is dumped, so that pg_dump waits; its rows, in others, are counted. */
async function locked<T>(work: () => Promise<T>): Promise<T> {
  const holder = new Client(database.url);
  await holder.connect();
  try {
    await holder.query('begin; lock table only parts in access exclusive mode');
    return await work();
  } finally {
    await holder.end();
  }
}

/** Who dumps waits for a lock: it is in the middle of its work. */
async function dumping(): Promise<number> {
  return vi.waitUntil(async () => {
    const { rows } = await client.query(
      `select pid from pg_stat_activity where datname = current_database() and application_name = 'mainstay-backup-1' and wait_event_type = 'Lock' and query ilike 'lock table%'`,
    );
    return rows[0]?.pid;
  }, 20_000);
}

it('holds exactly what was there at its moment, however much is written meanwhile, and is restored by hand', async () => {
  const writing = new AbortController();
  const writer = (async () => {
    const busy = new Client(database.url);
    await busy.connect();
    while (!writing.signal.aborted) await busy.query('insert into parts (n) select generate_series(1, 50)');
    await busy.end();
  })();
  const manifest = await make();
  writing.abort();
  await writer;

  restoreByHand(join(root, 'orders', manifest.id), keys.escrowFile, restored.url);
  const found = await takeSnapshot(restored.url, 'test');
  const { tables, sequences } = await found.census();
  await found.release();
  expect(tables).toEqual(manifest.tables);
  expect(sequences).toEqual(manifest.sequences);
  expect(tables.map(({ name }) => name)).toEqual(['a b; --', 'empty', 'hasty', 'parts_high', 'parts_low']);
  expect(manifest.database.roles).toContain('orders_reader');
});

it('counts what is dumped: no table is emptied between the two, and no sequence is ahead', async () => {
  await client.query('create table emptied (n serial); insert into emptied values (default)');
  const snapshot = await takeSnapshot(database.url, 'test');
  try {
    await snapshot.hold();
    await expect(client.query(`set lock_timeout = '100ms'; truncate emptied`)).rejects.toThrow('lock timeout');
    await client.query(`select nextval('emptied_n_seq')`);
    const { tables, sequences } = await snapshot.census();
    expect(tables).toContainEqual(expect.objectContaining({ name: 'emptied', rows: 1 }));
    expect(sequences).toContainEqual({ schema: 'public', name: 'emptied_n_seq', value: '1' });
  } finally {
    await snapshot.release();
    await client.query('reset lock_timeout; drop table emptied');
  }
});

it('says beside it what it is, and how to restore it without Mainstay', async () => {
  const manifest = await make();
  const folder = join(root, 'orders', manifest.id);
  expect(readdirSync(folder).sort()).toEqual(['RESTORE.txt', 'dump.zst.age', 'globals.sql.age', 'manifest.json']);
  expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toEqual(manifest);
  expect(readFileSync(join(folder, 'RESTORE.txt'), 'utf8')).toContain(keys.recipients[1]);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  for (const { name, bytes } of manifest.files) expect(statSync(join(folder, name)).size).toBe(bytes);
});

it('shows no row and no password to anybody, while it is made and after', async () => {
  const secret = 'secret-canary-9f2b';
  await client.query(`create role canary login superuser password '${secret}'`);
  try {
    const url = new URL(database.url);
    [url.username, url.password] = ['canary', secret];
    const before = new Set(readdirSync(tmpdir()));
    await locked(async () => {
      const stop = new AbortController();
      const made = expect(make({ url: url.href }, stop.signal)).rejects.toThrow('enough was seen');
      await dumping();
      const seen = [...saidByProcesses(), ...readFiles(readdirSync(tmpdir()).filter((name) => !before.has(name)))];
      expect(seen.filter((text) => text.includes(secret) || text.includes(CANARY))).toEqual([]);
      expect(saidByProcesses().some((text) => /(?:^|\/)pg_dump\0/.test(text))).toBe(true);
      stop.abort(new Error('enough was seen'));
      await made;
    });
    const { id } = await make({ url: url.href });
    for (const path of left()) {
      const bytes = readFileSync(path);
      // Compressed, no row would be found.
      expect(() => zstdDecompressSync(bytes)).toThrow();
      expect(bytes.toString('latin1')).not.toContain(CANARY);
      expect(bytes.toString('latin1')).not.toContain(secret);
    }
    expect(dumpOf(join(root, 'orders', id), keys.escrowFile)).toContain(CANARY);
  } finally {
    await client.query('drop role canary');
  }
});

/** What every process was started with, and finds around it. */
function saidByProcesses(): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return readFiles(pids.flatMap((pid) => [join('/proc', pid, 'cmdline'), join('/proc', pid, 'environ')]));
}

/** Of those that are there and are files: what others made may be gone. */
function readFiles(names: readonly string[]): string[] {
  return names.flatMap((name) => {
    try {
      return [readFileSync(resolve(tmpdir(), name), 'latin1')];
    } catch {
      return [];
    }
  });
}

it.each([
  [
    'the connection of pg_dump is ended',
    async () => client.query('select pg_terminate_backend($1)', [await dumping()]),
    /pg_dump ended with 1: .*terminating connection/s,
  ],
])('when %s it has failed, and nothing is left', async (_what, harm, words) => {
  await locked(async () => {
    const made = expect(make()).rejects.toThrow(words);
    await harm();
    await made;
  });
  expect(left()).toEqual([]);
});

it('stopped in the middle, it leaves nothing, neither files nor connections', async () => {
  const stop = new AbortController();
  await locked(async () => {
    const made = expect(make({}, stop.signal)).rejects.toThrow('somebody cancelled it');
    await dumping();
    stop.abort(new Error('somebody cancelled it'));
    await made;
  });
  expect(left()).toEqual([]);
});

it('when nothing moves any more it has failed', async () => {
  await locked(() => expect(make({ stallAfter: 1_000 })).rejects.toThrow('nothing was written for 1 seconds'));
  expect(left()).toEqual([]);
});

it.each([
  ['was killed after half of it', 'printf PGDMP; kill -9 $$', /pg_dump was ended by SIGKILL/],
  [
    'ended with an error after all of it',
    'printf PGDMP; echo "out of memory" >&2; exit 1',
    /pg_dump ended with 1: out of memory/,
  ],
])('a pg_dump that %s makes no backup', async (_what, script, words) => {
  await expect(
    make({ environment: withProgram('pg_dump', `[ "$1" = --version ] && echo "pg_dump 99.1" && exit 0; ${script}`) }),
  ).rejects.toThrow(words);
  expect(left()).toEqual([]);
});

it('a pg_dump older than the server is refused', async () => {
  await expect(make({ environment: withProgram('pg_dump', 'echo "pg_dump (PostgreSQL) 9.6.24"') })).rejects.toThrow(
    /pg_dump is of PostgreSQL 9 and the server of \d+; install pg_dump \d+ or newer/,
  );
});

it.each([
  ['only one could read it', { recipients: ['age1nobody'] }, 'fewer than 2 people could read it'],
  ['a recipient is none', { recipients: ['age1nobody', 'age1somebody'] }, '"age1nobody" is no recipient of age'],
  ['there is no room for it', { needsRoom: 1e18 }, /MiB free and this needs/],
  ['pg_dump is not here', { environment: { PATH: '/nowhere' } }, "install PostgreSQL's client programs"],
])('is not begun when %s', async (_what, more, words) => {
  await expect(make(more)).rejects.toThrow(words);
  expect(left()).toEqual([]);
});

it('is refused where row security hides rows from the role', async () => {
  await client.query(`
    create role half_blind login password 'x'; grant usage on schema public to half_blind;
    create table guarded (n int); alter table guarded enable row level security; grant select on guarded to half_blind`);
  try {
    const url = new URL(database.url);
    url.username = 'half_blind';
    url.password = 'x';
    await expect(make({ url: url.href })).rejects.toThrow('row security hides rows of public.guarded from this role');
  } finally {
    await client.query('drop table guarded; drop owned by half_blind; drop role half_blind');
  }
  expect(left()).toEqual([]);
});
