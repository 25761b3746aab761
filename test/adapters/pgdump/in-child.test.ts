import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { makeInChild } from '../../../src/adapters/pgdump/in-child.ts';
import { aJob, type Keys, makeKeys } from '../../support/backup-story.ts';
import { emptyDatabase, type FreshDatabase } from '../../support/postgres.ts';

const PATIENCE = { timeout: 20_000 };

let database: FreshDatabase;
let client: Client;
/** Whoever keeps others from the table. */
let holder: Client;
let keys: Keys;
let root: string;
beforeAll(async () => {
  keys = await makeKeys();
  database = await emptyDatabase();
  client = new Client(database.url);
  holder = new Client(database.url);
  await client.connect();
  await holder.connect();
  await client.query(
    'create table shop (n int) partition by list (n); create table orders (n int); insert into orders select generate_series(1, 1000)',
  );
});
afterAll(async () => {
  await client.end();
  await holder.end();
  await database.drop();
});
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'backups-'));
});
afterEach(async () => {
  await holder.query('rollback');
  rmSync(root, { recursive: true });
});

const never = new AbortController().signal;
/** Of this file's own database: others make a BK-1 on the same server. */
const OURS = `datname = current_database() and application_name = 'mainstay-backup-1'`;
const files = () =>
  readdirSync(root, { recursive: true }).filter((name) => /\.(age|json|txt|conf|partial)$/.test(`${name}`));

/** Those of a backup that are connected. */
const connected = async () => (await client.query(`select from pg_stat_activity where ${OURS}`)).rowCount;

/** Whoever dumps waits for this table from now on; resolved when somebody does. */
async function hold(): Promise<{ dumping(): Promise<unknown> }> {
  await holder.query('begin; lock table shop in access exclusive mode');
  const waits = `select pid from pg_stat_activity where ${OURS} and wait_event_type = 'Lock' and query ilike 'lock table%'`;
  return { dumping: () => vi.waitUntil(async () => ((await client.query(waits)).rowCount ?? 0) > 0, PATIENCE) };
}

it('makes the backup and tells how far it is', async () => {
  const told: number[] = [];
  const manifest = await makeInChild(aJob(database.url, root, keys), never, (bytes) => told.push(bytes));
  expect(manifest.tables).toMatchObject([{ name: 'orders', rows: 1000 }]);
  expect(told.length).toBeGreaterThan(0);
});

it('says why none was made', async () => {
  const gone = new URL(database.url);
  gone.pathname += '_gone';
  await expect(makeInChild(aJob(gone.href, root, keys), never, () => undefined)).rejects.toThrow(
    /database ".*_gone" does not exist/,
  );
});

it('cancelled, it leaves neither files nor connections', async () => {
  const { dumping } = await hold();
  const stop = new AbortController();
  const made = expect(makeInChild(aJob(database.url, root, keys), stop.signal, () => undefined)).rejects.toThrow('Bob');
  await dumping();
  stop.abort(new Error('cancelled by Bob'));
  await made;
  expect(files()).toEqual([]);
  await vi.waitUntil(async () => (await connected()) === 0, PATIENCE);
});

it.each([
  ['is killed', 'SIGKILL', (pid: number) => pid],
  ['is ended by Ctrl-C in its terminal', 'SIGINT', (pid: number) => -pid],
] as const)('when Mainstay %s, nothing of what was being made is left', async (_how, signal, whom) => {
  const { dumping } = await hold();
  const script = join(root, 'parent.mts');
  const module = fileURLToPath(new URL('../../../src/adapters/pgdump/in-child.ts', import.meta.url));
  writeFileSync(
    script,
    `import { makeInChild } from ${JSON.stringify(module)};
     await makeInChild(${JSON.stringify(aJob(database.url, root, keys))}, new AbortController().signal, () => {});`,
  );
  const parent = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    stdio: 'ignore',
    detached: true,
  });
  await dumping();
  await vi.waitUntil(() => files().length > 0, PATIENCE);
  process.kill(whom(parent.pid ?? Number.NaN), signal);
  await vi.waitUntil(() => files().length === 0, PATIENCE);
  await vi.waitUntil(async () => (await connected()) === 0, PATIENCE);
});
