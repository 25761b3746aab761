import { readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { BackupRun } from '../../../src/domain/backup/backup.ts';
import { type Keys, makeKeys } from '../../support/backup-story.ts';
import { mainstay } from '../../support/cli.ts';
import { startSlack, type TestSlack } from '../../support/emulate.ts';
import { NORTHWIND, shown } from '../../support/journey.ts';
import { type MainstayProcess, startProcess } from '../../support/mainstay-process.ts';
import { emptyDatabase, type FreshDatabase, freshDatabase } from '../../support/postgres.ts';
import { createDriver, type Driver } from '../../support/slack-driver.ts';
import { temporaryHome } from '../../support/test-server.ts';

const PATIENCE = { timeout: 60_000, interval: 50 };

const BACKUPS = `
targets:
  shop-db: { kind: postgres, url: env:SHOP_URL }
backups:
  - key: shop
    title: The shop, daily
    owner: payments
    source: shop-db
    method: pg_dump
    when: on change
    retention: { keep: 30d }
    encrypted: true
    recipients: [env:DRILL_RECIPIENT, env:ESCROW_RECIPIENT]
`;

let slack: TestSlack;
let driver: Driver;
let database: FreshDatabase;
let shop: FreshDatabase;
let client: Client;
/** Whoever keeps others from the table. */
let holder: Client;
let own: Client;
let keys: Keys;
let home: string;
let settings: Record<string, string>;
const started: MainstayProcess[] = [];
beforeEach(async () => {
  [slack, database, shop, home, keys] = await Promise.all([
    startSlack(),
    freshDatabase(),
    emptyDatabase(),
    temporaryHome(),
    makeKeys(),
  ]);
  client = new Client(shop.url);
  holder = new Client(shop.url);
  own = new Client(database.url);
  await Promise.all([client.connect(), holder.connect(), own.connect()]);
  await client.query('create table orders (n int); insert into orders select generate_series(1, 1000)');
  await writeFile(join(home, 'operations.yml'), (await readFile(NORTHWIND, 'utf8')) + BACKUPS);
  const [drill = '', escrow = ''] = keys.recipients;
  settings = { SHOP_URL: shop.url, DRILL_RECIPIENT: drill, ESCROW_RECIPIENT: escrow };
  driver = createDriver({ url: () => started.at(-1)?.url ?? '', slack });
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((process) => process.kill()));
  await Promise.all([client.end(), holder.end(), own.end()]);
  await slack.stop();
  await Promise.all([database.drop(), shop.drop()]);
  await rm(home, { recursive: true, force: true });
});

async function start(): Promise<MainstayProcess> {
  const specFile = join(home, 'operations.yml');
  const process = await startProcess({ slack, databaseUrl: database.url, home, specFile, settings });
  started.push(process);
  return process;
}
const hold = () => holder.query('begin; lock table orders in access exclusive mode');
const letGo = () => holder.query('rollback');
const run = async (number: number): Promise<BackupRun | undefined> =>
  (await own.query<{ state: BackupRun }>('select state from "BackupRun" where number = $1', [number])).rows[0]?.state;
const kinds = async (number: number) =>
  (
    await own.query<{ kind: string }>('select kind from "Event" where subject = $1 order by seq', [`BK-${number}`])
  ).rows.map(({ kind }) => kind);
const files = () =>
  readdirSync(join(home, 'backups'), { recursive: true })
    .map(String)
    .filter((name) => /\.(age|json|txt|partial)$/.test(name));
/** Sessions of whoever makes a backup. */
const making = async (waiting = false) =>
  (
    await client.query(
      `select from pg_stat_activity where datname = current_database() and application_name like 'mainstay-backup%'
         and ($1 = false or wait_event_type = 'Lock' and query ilike 'lock table%')`,
      [waiting],
    )
  ).rowCount ?? 0;
const cards = () => slack.history('team-payments').filter((row) => shown(row).includes('*The shop, daily*\n'));

it('over a kill -9 of the bot in the middle of the dump nothing is left behind, and the next one makes it', async () => {
  const first = await start();
  await hold();
  await driver.as('alice').slash('/backup', 'run shop', { channel: 'general' });
  await vi.waitUntil(async () => (await making(true)) > 0, PATIENCE);
  await first.kill();
  await vi.waitUntil(async () => (await making()) === 0, PATIENCE);
  await vi.waitUntil(() => files().length === 0, PATIENCE);
  expect(await run(1)).toMatchObject({ status: 'running' });
  await letGo();
  await start();
  await vi.waitUntil(async () => (await run(1))?.status === 'sealed', PATIENCE);
  expect(await kinds(1)).toEqual([
    'backup.requested',
    'backup.began',
    'backup.interrupted',
    'backup.began',
    'backup.sealed',
  ]);
  expect(readdirSync(join(home, 'backups', 'shop'))).toHaveLength(1);
  await vi.waitUntil(() => cards().some((row) => shown(row).includes('1,000 rows of 1 table')), PATIENCE);
  expect(cards()).toHaveLength(1);
  const verified = await mainstay(['backup', 'verify'], {
    ...settings,
    DATABASE_URL: database.url,
    MAINSTAY_HOME: home,
    MAINSTAY_SPEC: join(home, 'operations.yml'),
  });
  expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('1 of 1 are good') });
});

it('of two instances one makes it, however many ask at once, and the other goes on with it when that one is killed', async () => {
  const instances = [await start(), await start()];
  await hold();
  const asked = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      createDriver({ url: () => instances[n % 2]?.url ?? '', slack })
        .as('alice')
        .slash('/backup', 'run shop', { channel: 'general' }),
    ),
  );
  expect(asked).toHaveLength(20);
  await vi.waitUntil(async () => (await making(true)) === 1, PATIENCE);
  expect((await own.query('select from "BackupRun"')).rowCount).toBe(1);
  const { rows } = await own.query<{ instance: string }>(
    `select instance::text from "JobClaim" where queue = 'backups'`,
  );
  expect(rows).toHaveLength(1);
  await instances[0]?.kill();
  await letGo();
  await vi.waitUntil(async () => (await run(1))?.status === 'sealed', PATIENCE);
  expect(readdirSync(join(home, 'backups', 'shop'))).toHaveLength(1);
});

it('while Slack is away it is made, and said once when Slack is back', async () => {
  const instance = await start();
  instance.log.expectErrors(/./);
  slack.faults.outage();
  const made = await mainstay(['backup', 'run', 'shop'], {
    ...settings,
    DATABASE_URL: database.url,
    MAINSTAY_HOME: home,
    MAINSTAY_SPEC: join(home, 'operations.yml'),
  });
  expect(made).toMatchObject({ code: 0 });
  expect(cards()).toEqual([]);
  slack.faults.recover();
  await vi.waitUntil(() => cards().some((row) => shown(row).includes('1,000 rows of 1 table')), PATIENCE);
  expect(cards()).toHaveLength(1);
});
