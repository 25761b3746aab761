import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Manifest } from '../../src/domain/backup/manifest.ts';
import { type Keys, makeKeys, restoreByHand, SURROUNDINGS } from '../support/backup-story.ts';
import { mainstay } from '../support/cli.ts';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';
import { emptyDatabase, type FreshDatabase } from '../support/postgres.ts';

const PATIENCE = { timeout: 30_000, interval: 50 };

const BACKUPS = `
targets:
  shop-db: { kind: postgres, url: env:SHOP_URL }
  own-db: { kind: mainstay }
  other-db: { kind: postgres, notConnected: It is in another cloud }
backups:
  - key: shop
    title: The shop, daily
    owner: payments
    source: shop-db
    method: pg_dump
    when: { every: day, at: "01:00" }
    retention: { keep: 30d, keepAtLeast: 7 }
    encrypted: true
    recipients: [env:DRILL_RECIPIENT, env:ESCROW_RECIPIENT]
  - key: own
    title: Mainstay itself
    owner: payments
    source: own-db
    method: pg_dump
    when: on change
    retention: { keep: 30d }
    encrypted: true
    recipients: [env:DRILL_RECIPIENT, env:ESCROW_RECIPIENT]
  - key: other
    title: The other one
    owner: payments
    source: other-db
    method: pg_dump
    when: on change
    retention: { keep: 30d }
    encrypted: true
permissions:
  backup.cancel: { users: [bob] }
`;

let journey: Journey;
let shop: FreshDatabase;
let client: Client;
/** Whoever keeps others from the table. */
let holder: Client;
let keys: Keys;
let environment: Record<string, string>;
beforeAll(async () => {
  keys = await makeKeys();
  shop = await emptyDatabase();
  client = new Client(shop.url);
  holder = new Client(shop.url);
  await client.connect();
  await holder.connect();
  await client.query(`create table orders (n int primary key, what text);
    insert into orders select n, md5(n::text) from generate_series(1, 20000) as n`);
  const [drill = '', escrow = ''] = keys.recipients;
  environment = {
    SHOP_URL: shop.url,
    DRILL_RECIPIENT: drill,
    ESCROW_RECIPIENT: escrow,
    PATH: SURROUNDINGS.PATH,
  };
  journey = await startJourney({ spec: (northwind) => northwind + BACKUPS, environment });
});
afterAll(async () => {
  await journey.stop();
  await client.end();
  await holder.end();
  await shop.drop();
});

const folder = () => join(journey.home, 'backups', 'shop');
const made = () => readdirSync(folder()).sort();
const card = async (id: string) => shown(await journey.message('team-payments', `${id} *The shop, daily*\n`));
const state = async (number: number) =>
  (await journey.rows<{ status: string }>('select status from "BackupRun" where number = $1', [number]))[0]?.status;

describe('a backup that somebody asks for', () => {
  it('is shown in the channel of its owner from when it was asked for until it is sealed', async () => {
    expect(told(await journey.type('alice', '/backup'))).toContain('*Backups*: 2 of 2 are not as the spec wants.');
    expect(told(await journey.type('alice', '/backup run shop'))).toBe(
      ':hourglass_flowing_sand: BK-1 *The shop, daily* is being made. Its card in #team-payments shows how far it is.',
    );
    await journey.quiet();
    expect(await card('BK-1')).toContain('20,000 rows of 1 table');
    const status = told(await journey.type('bob', '/backup status'));
    expect(status).toContain('*Backups*: 1 of 2 is not as the spec wants.');
    expect(status).toContain('It is in another cloud');
    expect(told(await journey.type('bob', '/backup show BK-1'))).toContain(`in the folder \`shop/${made()[0]}\``);
  });

  it('is a sealed folder that a person restores with age, zstd and pg_restore alone', async () => {
    const [id = ''] = made();
    expect(readdirSync(join(folder(), id)).sort()).toEqual([
      'RESTORE.txt',
      'dump.zst.age',
      'globals.sql.age',
      'manifest.json',
    ]);
    const manifest = JSON.parse(readFileSync(join(folder(), id, 'manifest.json'), 'utf8')) as Manifest;
    expect(manifest).toMatchObject({ number: 1, backup: 'shop', recipients: keys.recipients });
    const target = await emptyDatabase();
    restoreByHand(join(folder(), id), keys.escrowFile, target.url);
    const restored = new Client(target.url);
    await restored.connect();
    const sum = `select count(*)::int as rows, sum(hashtextextended((t.*)::text, 0)::numeric)::text as checksum from orders as t`;
    const { rows } = await restored.query(sum);
    expect(rows).toEqual([{ rows: 20_000, checksum: manifest.tables[0]?.checksum }]);
    await restored.end();
    await target.drop();
  });

  it('joins the one that is being made, and only those who may cancel it', async () => {
    await holder.query('begin; lock table orders in access exclusive mode');
    await journey.type('alice', '/backup run shop');
    await vi.waitUntil(async () => (await state(2)) === 'running', PATIENCE);
    expect(told(await journey.type('bob', '/backup run shop'))).toContain(
      'BK-2 *The shop, daily* is being made already',
    );
    expect(told(await journey.type('alice', '/backup cancel BK-2'))).toBe(
      'You may not cancel backups. Ask Bob Lindqvist.',
    );
    await vi.waitUntil(async () => (await card('BK-2')).includes('Is being made'), PATIENCE);
    const message = await journey.message('team-payments', 'BK-2 *The shop, daily*\n');
    await journey.driver.as('bob').click(message, 'backup.cancel');
    await vi.waitUntil(async () => (await state(2)) === 'cancelled', PATIENCE);
    await holder.query('rollback');
    await journey.quiet();
    expect(await card('BK-2')).toContain(`Cancelled by <@${journey.slack.users.bob}>; nothing of it is left`);
    expect(made()).toHaveLength(1);
    expect(await journey.kinds('BK-2')).toEqual([
      'backup.requested',
      'backup.began',
      'permission.refused',
      'backup.cancelling',
      'backup.cancelled',
    ]);
  });

  it('that cannot be made here says why, and what would have been right', async () => {
    expect(told(await journey.type('alice', '/backup run other'))).toBe(
      'The other one is not available: It is in another cloud.',
    );
    expect(told(await journey.type('alice', '/backup run shpo'))).toContain('Did you mean `shop`?');
    expect(told(await journey.type('alice', '/backup show BK-9'))).toContain('There is no BK-9');
  });
});

describe('in the terminal', () => {
  const settings = () => ({
    ...environment,
    DATABASE_URL: journey.databaseUrl,
    MAINSTAY_HOME: journey.home,
    MAINSTAY_SPEC: journey.specFile,
  });

  it('one is made while it says how far it is, by whichever process is quicker', async () => {
    const run = await mainstay(['backup', 'run', 'shop'], settings());
    expect(run).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^BK-3 of shop is sealed: 20000 rows of 1 tables/),
    });
    expect(run.err).toContain('BK-3 sealed');
    await journey.quiet();
    expect(await card('BK-3')).toContain('(command line)');
  });

  it('what was made is listed, and verified with and without a key', async () => {
    const list = await mainstay(['backup', 'list'], settings());
    expect(list.out).toMatch(/BK-3 +sealed .*\nBK-2 +cancelled .*\nBK-1 +sealed/);
    expect(await mainstay(['backup', 'verify'], settings())).toMatchObject({
      code: 0,
      out: '2 of 2 are good: every byte is as it was written.\n',
    });
    const deep = await mainstay(['backup', 'verify', '--identity', keys.escrowFile], settings());
    expect(deep).toMatchObject({ code: 0, out: expect.stringContaining('read by pg_restore') });
  });

  it('whoever is about to migrate is told whether there is a way back', async () => {
    // The app's clock stands still, the machine's does not: snapshots are the machine's.
    const guard = (...words: string[]) => mainstay(['backup', 'guard', ...words], settings());
    expect(await guard('shop', '--max-age', '1h')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^ok +shop: BK-3/),
    });
    expect(await guard('shop', '--max-age', '1ms')).toMatchObject({
      code: 1,
      out: expect.stringContaining('is asked for'),
    });
    expect(await guard('other', '--max-age', '1h')).toMatchObject({
      code: 1,
      out: 'NO     other: there is no backup\n',
    });
    expect(await guard()).toMatchObject({ code: 2 });
  });

  it('one that was altered is named, with its file', async () => {
    const [id = ''] = made();
    execFileSync('bash', [
      '-c',
      'printf x | dd of="$1" bs=1 seek=1000 conv=notrunc status=none',
      '-',
      join(folder(), id, 'dump.zst.age'),
    ]);
    const verified = await mainstay(['backup', 'verify'], settings());
    expect(verified).toMatchObject({ code: 1 });
    expect(verified.out).toContain(`FAULT  shop/${id}/dump.zst.age: its bytes are not those that were written`);
    expect(verified.out).toContain('1 of 2 are good');
  });

  it('one that is gone is missed, and nothing at all is not good', async () => {
    const [id = ''] = made();
    await rm(join(folder(), id), { recursive: true });
    const verified = await mainstay(['backup', 'verify'], settings());
    expect(verified).toMatchObject({ code: 1 });
    expect(verified.out).toContain(`FAULT  shop/${id}/manifest.json: the log has this backup, and it is not here`);
    expect(await mainstay(['backup', 'verify', 'shopp'], settings())).toMatchObject({
      code: 1,
      out: 'There is no backup of shopp here.\n',
    });
  });
});

it("Mainstay's own database is backed up while it is written to, with the log and all", async () => {
  await journey.type('alice', '/backup run own');
  await journey.quiet();
  const own = join(journey.home, 'backups', 'own');
  const [id = ''] = readdirSync(own);
  const manifest = JSON.parse(readFileSync(join(own, id, 'manifest.json'), 'utf8')) as Manifest;
  expect(manifest.tables.find(({ name }) => name === 'Event')?.rows).toBeGreaterThan(10);
  const target = await emptyDatabase();
  restoreByHand(join(own, id), keys.escrowFile, target.url);
  const verified = await mainstay(['audit', 'verify'], { DATABASE_URL: target.url, MAINSTAY_HOME: journey.home });
  expect(verified).toEqual({ code: 0, err: '', out: expect.any(String) });
  await target.drop();
});

it('the log of all this verifies', async () => {
  const settings = { DATABASE_URL: journey.databaseUrl, MAINSTAY_HOME: journey.home };
  expect(await mainstay(['audit', 'verify'], settings)).toMatchObject({ code: 0 });
});
