import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Keys, makeKeys, SURROUNDINGS } from '../support/backup-story.ts';
import { mainstay } from '../support/cli.ts';
import { startDrillWorker } from '../support/drill-worker.ts';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';
import { emptyDatabase, type FreshDatabase } from '../support/postgres.ts';

const PATIENCE = { timeout: 30_000, interval: 50 };
const CANARY = 'canary@example.com';

const BACKUPS = `
targets:
  shop-db: { kind: postgres, url: env:SHOP_URL }
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
    rto: 10m
    rpo: 25h
    smoke:
      - { title: Orders are there, sql: "select count(*) from orders", atLeast: 1000 }
      - { title: All have an address, sql: "select bool_and(email like '%@%') from orders" }
`;

let journey: Journey;
let shop: FreshDatabase;
let client: Client;
let keys: Keys;
let environment: Record<string, string>;
let identityFile: string;
beforeAll(async () => {
  keys = await makeKeys();
  shop = await emptyDatabase();
  client = new Client(shop.url);
  await client.connect();
  await client.query(`create table orders (n int primary key, email text);
    insert into orders select n, '${CANARY}' from generate_series(1, 5000) as n`);
  const [drill = '', escrow = ''] = keys.recipients;
  environment = {
    SHOP_URL: shop.url,
    DRILL_RECIPIENT: drill,
    ESCROW_RECIPIENT: escrow,
    ...SURROUNDINGS,
  };
  journey = await startJourney({ spec: (northwind) => northwind + BACKUPS, environment });
  // The server of a drill runs as another user than root, who has to be able to go there.
  chmodSync(journey.home, 0o755);
  identityFile = join(journey.home, 'drill.key');
  writeFileSync(identityFile, `# public key: ${drill}\n${keys.drill}\n`, { mode: 0o600 });
  await journey.type('alice', '/backup run shop');
  await journey.quiet();
});
afterAll(async () => {
  await journey.stop();
  await client.end();
  await shop.drop();
});

/** All a drill worker is given: nothing of Slack, of the source, or of the spec. */
const worker = () => ({
  DATABASE_URL: journey.databaseUrl,
  MAINSTAY_HOME: journey.home,
  DRILL_IDENTITY_FILE: identityFile,
});
const card = async (id: string) => shown(await journey.message('team-payments', `${id} of BK-1 *The shop, daily*\n`));
const ended = (number: number) =>
  vi.waitUntil(async () => {
    const [row] = await journey.rows<{ status: string }>('select status from "DrillRun" where number = $1', [number]);
    return ['passed', 'finding', 'could-not-verify'].find((status) => status === row?.status);
  }, PATIENCE);

describe('a drill', () => {
  it('that no drill worker takes could not be verified, and everybody hears of it', async () => {
    expect(told(await journey.type('alice', '/backup drill shop'))).toBe(
      ':mountain: DRILL-1 of BK-1 *The shop, daily* waits for a drill worker. Its card in #team-payments shows the ladder.',
    );
    await journey.quiet();
    expect(await card('DRILL-1')).toContain('waits for a drill worker');
    journey.later(6);
    await journey.minute();
    expect(await card('DRILL-1')).toContain('Could not verify: no drill worker took it');
    await journey.message('team-payments', ':grey_question: DRILL-1 of BK-1 *The shop, daily*: Could not verify');
  });

  it('restores the backup in a process of its own and shows the whole ladder, measured', async () => {
    const process = await startDrillWorker(worker());
    try {
      await journey.type('bob', '/backup drill BK-1');
      expect(await ended(2)).toBe('passed');
    } finally {
      expect(await process.end()).toBe(0);
    }
    await journey.quiet();
    const words = await card('DRILL-2');
    expect(words).toContain('Proven by restoring it; back in');
    expect(words).toContain('of 10 min (RTO)');
    expect(words.match(/:white_check_mark:/g)).toHaveLength(11);
    expect(await journey.kinds('DRILL-2')).toEqual([
      'drill.requested',
      'drill.began',
      ...Array(7).fill('drill.reached'),
      'drill.ended',
    ]);
    expect(shown(await journey.message('team-payments', 'BK-1 *The shop, daily*\nSealed'))).toContain(
      'proven by restoring it, DRILL-2',
    );
    expect(told(await journey.type('bob', '/backup history'))).toContain('DRILL-2 of BK-1');
    expect(told(await journey.type('bob', '/backup show DRILL-2'))).toContain('looks at: restored');
    expect(told(await journey.type('bob', '/backup'))).toContain('proven by DRILL-2');
    expect(readdirSync(join(journey.home, 'drills'))).toEqual([]);
  });

  it('of a worker that was killed is made by the next, which takes away what that one had restored', async () => {
    const first = await startDrillWorker(worker());
    await journey.type('bob', '/backup drill shop');
    await vi.waitUntil(
      () => existsSync(join(journey.home, 'drills')) && readdirSync(join(journey.home, 'drills')).length > 0,
      PATIENCE,
    );
    await first.kill();
    const [left = ''] = readdirSync(join(journey.home, 'drills'));
    expect(left).toMatch(/^drill-/);
    const second = await startDrillWorker(worker());
    expect(await ended(3)).toBe('passed');
    expect(await second.end()).toBe(0);
    expect(readdirSync(join(journey.home, 'drills'))).toEqual([]);
    const [row] = await journey.rows<{ attempts: number }>(
      `select (state->>'attempts')::int as attempts from "DrillRun" where number = 3`,
    );
    expect(row).toEqual({ attempts: 2 });
  });

  it('finds what was altered since it was sealed, and shows no row to anybody', async () => {
    const [id = ''] = readdirSync(join(journey.home, 'backups', 'shop'));
    const file = join(journey.home, 'backups', 'shop', id, 'manifest.json');
    const written = readFileSync(file, 'utf8');
    writeFileSync(file, written.replace('"rows": 5000', '"rows": 4999'));
    const process = await startDrillWorker(worker());
    await journey.type('bob', '/backup drill shop');
    expect(await ended(4)).toBe('finding');
    await process.end();
    writeFileSync(file, written);
    await journey.quiet();
    expect(await card('DRILL-4')).toContain('`file-altered` manifest.json: it is not the one that was written');
    await journey.message('team-payments', ':x: DRILL-4 of BK-1 *The shop, daily*: It could not be proven');
    const said = JSON.stringify([
      process.log.lines,
      journey.slack.calls,
      await journey.rows('select body from "EventBody"'),
    ]);
    expect(said).not.toContain(CANARY);
    expect(said).not.toContain(keys.drill);
  });
});

it('a drill is made of the copy elsewhere, also when nothing of it is here any more', async () => {
  const copies = join(journey.home, 'copies');
  renameSync(join(journey.home, 'backups'), copies);
  const process = await startDrillWorker({ ...worker(), DRILL_STORE: copies });
  try {
    await journey.type('bob', '/backup drill shop');
    expect(await ended(5)).toBe('passed');
  } finally {
    await process.end();
    renameSync(copies, join(journey.home, 'backups'));
  }
  expect(readdirSync(join(journey.home, 'drills'))).toEqual([]);
  const empty = await startDrillWorker({ ...worker(), DRILL_STORE: join(journey.home, 'nowhere') });
  await journey.type('bob', '/backup drill shop');
  expect(await ended(6)).toBe('could-not-verify');
  await empty.end();
  await journey.quiet();
  expect(await card('DRILL-6')).toMatch(/Could not verify: .*(?:nowhere|is not in the store)/);
});

describe('in the terminal', () => {
  it('a drill needs neither the database nor the spec of Mainstay', async () => {
    const settings = { MAINSTAY_HOME: journey.home };
    const run = await mainstay(['backup', 'drill', 'shop', '--identity', identityFile, '--json'], settings);
    expect(run).toMatchObject({ code: 0 });
    expect(JSON.parse(run.out)).toMatchObject({ verdict: 'passed', measures: { rto: expect.any(Number) } });
    const wrong = await mainstay(['backup', 'drill', 'nothing', '--identity', identityFile], settings);
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('There is no whole backup of nothing') });
  });

  it('doctor says what a drill lacks, and warns of a key in the environment of the bot', async () => {
    const looked = async (settings: Record<string, string>) =>
      JSON.parse((await mainstay(['doctor', '--json'], { ...worker(), ...settings })).out).findings.find(
        ({ name }: { name: string }) => name === 'drills',
      );
    expect(await looked({})).toMatchObject({ state: 'ok', detail: expect.stringContaining('1 identity, pg_restore') });
    expect(await looked({ SLACK_BOT_TOKEN: 'xoxb-bot' })).toMatchObject({ state: 'warning' });
  });

  it('a drill worker without an identity does not start, and says what it needs', async () => {
    const { DRILL_IDENTITY_FILE: _, ...settings } = worker();
    expect(await mainstay(['drill-worker'], settings)).toMatchObject({
      code: 1,
      err: expect.stringContaining('DRILL_IDENTITY_FILE is not set. Make one with age-keygen'),
    });
    const empty = join(journey.home, 'empty.key');
    writeFileSync(empty, '# nothing\n');
    expect(await mainstay(['drill-worker'], { ...settings, DRILL_IDENTITY_FILE: empty })).toMatchObject({
      code: 1,
      err: expect.stringContaining('has no identity of age'),
    });
  });
});

it('the log of all this verifies', async () => {
  const settings = { DATABASE_URL: journey.databaseUrl, MAINSTAY_HOME: journey.home };
  expect(await mainstay(['audit', 'verify'], settings)).toMatchObject({ code: 0 });
});
