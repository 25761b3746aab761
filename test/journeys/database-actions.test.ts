import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MessageRow } from '../../demo/slack/records.ts';
import { type Journey, shown, startJourney } from '../support/journey.ts';
import { emptyDatabase, type FreshDatabase } from '../support/postgres.ts';
import { temporaryHome } from '../support/test-server.ts';

/** The story begins on Saturday 21 November 2026 at 14:00 UTC. Alice and Bob are the team; only Bob may agree. */
const duty = (key: string, run: string, more = '') => `
  - { key: ${key}, title: ${key}, when: { every: day, at: "16:00" }, owner: payments, grace: 2h, run: ${run}${more} }`;
const APPROVED = ', approval: { of: first run, by: { users: [bob] } }';
const DUTIES = `
targets:
  shop: { kind: postgres, title: Shop database, url: env:SHOP_URL }
  coach: { kind: sqlite, title: Coach database, url: env:COACH_FILE }
  temp: { kind: files, title: Temporary files, url: env:TEMP_FOLDER }
duties:${[
  duty('look', '{ action: sql.query, target: shop, query: "select count(*) from orders", atMost: 99 }'),
  duty('maintain', '{ action: db.maintain, target: shop, steps: [vacuum-analyze, reindex, analyze, bloat-report] }'),
  duty('report', '{ action: db.report, target: shop }'),
  duty(
    'orders',
    `{ action: prune, target: shop, table: orders, olderThan: { column: at, age: 30d }, cap: 10 }`,
    APPROVED,
  ),
  duty(
    'submissions',
    `{ action: prune, target: coach, table: submissions, keepNewest: { rows: 100, per: [user_id], by: at }, cap: 10 }`,
    APPROVED,
  ),
  duty('files', '{ action: files.prune, target: temp, glob: "**/*", olderThan: 24h, cap: 10 }', APPROVED),
].join('')}
permissions:
  duty.run: { teams: [payments] }
  duty.approve: everyone
  ops.spec: everyone
`;

let journey: Journey;
let shop: FreshDatabase;
let client: Client;
let coach: DatabaseSync;
let folder: string;
beforeAll(async () => {
  [shop, folder] = await Promise.all([emptyDatabase(), temporaryHome()]);
  client = new Client({ connectionString: shop.url });
  await client.connect();
  await client.query(`
    create table orders (id int primary key, at timestamptz, email text);
    insert into orders select n, timestamptz '2026-10-20 12:00Z' + n * interval '1 day', 'alice@example.com' from generate_series(1, 20) n;
    create index orders_at_ccnew on orders (at);
    create index orders_at on orders (at);
    update pg_index set indisvalid = false where indexrelid = 'orders_at_ccnew'::regclass`);
  coach = new DatabaseSync(join(folder, 'coach.db'));
  coach.exec(`
    create table submissions (id integer primary key, user_id int, at int, body text);
    with n(i) as (select 1 union all select i + 1 from n where i < 103)
      insert into submissions select i, 1, i, 'alice@example.com' from n`);
  await mkdir(join(folder, 'temp'));
  await file('old', '2026-11-20T00:00:00Z');
  await file('young', '2026-11-21T12:00:00Z');
  const environment = { SHOP_URL: shop.url, COACH_FILE: join(folder, 'coach.db'), TEMP_FOLDER: join(folder, 'temp') };
  journey = await startJourney({ spec: (northwind) => northwind + DUTIES, environment });
  await journey.minute();
});
afterAll(async () => {
  await journey.stop();
  await client.end();
  coach.close();
  await shop.drop();
  await rm(folder, { recursive: true });
});

async function file(name: string, changed: string): Promise<void> {
  const path = join(folder, 'temp', name);
  await writeFile(path, 'x');
  await utimes(path, new Date(changed), new Date(changed));
}

async function pass(hours: number): Promise<void> {
  journey.later(hours * 60);
  await journey.minute();
}

/** The card of the latest run of a duty. */
async function card(key: string): Promise<MessageRow> {
  const [row] = await journey.rows<{ number: number }>(
    'select number from "DutyRun" where duty = $1 order by "dueAt" desc, number desc limit 1',
    [key],
  );
  const id = `RUN-${row?.number}`;
  const found = journey.slack.history('team-payments').filter((message) => shown(message).startsWith(`${id} `));
  return found[0] ?? expect.fail(`${id} has no card`);
}

const orders = async () => Number((await client.query('select count(*) as n from orders')).rows[0].n);
const submissions = () => coach.prepare('select count(*) as n from submissions').get()?.['n'];

it('asks, maintains and reports on a database when the duty falls due', async () => {
  await pass(2);
  expect(shown(await card('look'))).toContain('*Succeeded:* Shop database: the query gave 20 in ');
  expect(shown(await card('maintain'))).toContain(
    '*Succeeded:* Shop database: vacuum-analyze, reindex, analyze, bloat-report done',
  );
  expect(JSON.stringify(await card('maintain'))).toContain('dropped public.orders_at_ccnew');
  expect(shown(await card('report'))).toMatch(/\*Succeeded:\* Shop database: \d+ of \d+ connections in use/);
});

it('deletes nothing before somebody has agreed to what the preview says', async () => {
  expect(shown(await card('orders'))).toContain(
    '*What it would do:* Shop database: would delete 2 rows of public.orders',
  );
  expect(shown(await card('submissions'))).toContain(
    '*What it would do:* Coach database: would delete 3 rows of submissions',
  );
  expect(shown(await card('files'))).toContain('*What it would do:* Temporary files: would delete 1 files');
  await journey.driver.as('alice').click(await card('orders'), 'run.approve');
  await journey.hears('alice', 'You may not approve this run. Ask Bob Lindqvist.');
  expect([await orders(), submissions(), await readdir(join(folder, 'temp'))]).toEqual([20, 103, ['old', 'young']]);

  for (const key of ['orders', 'submissions', 'files'])
    await journey.driver.as('bob').click(await card(key), 'run.approve');
  await journey.quiet();
  expect([await orders(), submissions(), await readdir(join(folder, 'temp'))]).toEqual([18, 100, ['young']]);
  expect(shown(await card('orders'))).toContain('*Succeeded:* Shop database: 2 rows of public.orders deleted');
  expect(shown(await card('orders'))).toContain(':white_check_mark: Done by Mainstay');
});

it('deletes by itself from then on, and nothing above the cap', async () => {
  coach.exec(
    `with n(i) as (select 1 union all select i + 1 from n where i < 11) insert into submissions select 200 + i, 1, 200 + i, '' from n`,
  );
  await pass(24);
  expect(shown(await card('orders'))).toContain('*Succeeded:* Shop database: 1 rows of public.orders deleted');
  expect(await orders()).toBe(17);
  expect(shown(await card('submissions'))).toContain(
    '*Failed:* Coach database: 11 rows of submissions match, more than the cap of 10; none is deleted',
  );
  expect(submissions()).toBe(111);
});

it('tells Slack nothing that is in the rows, and no password', () => {
  const said = JSON.stringify(journey.slack.history('team-payments'));
  expect(said).not.toContain('alice@example.com');
  expect(said).not.toContain(new URL(shop.url).password);
});
