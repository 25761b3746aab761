import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDatabase } from '../../../src/adapters/postgres/client.ts';
import { createStore } from '../../../src/adapters/postgres/store.ts';
import { readSpec } from '../../../src/app/spec.ts';
import type { DutyRun } from '../../../src/domain/duty/run.ts';
import { fallingDue } from '../../../src/domain/duty/upcoming.ts';
import { planDuties } from '../../../src/usecases/duty/plan.ts';
import { startSlack, type TestSlack } from '../../support/emulate.ts';
import { NORTHWIND } from '../../support/journey.ts';
import { type MainstayProcess, startProcess } from '../../support/mainstay-process.ts';
import { type FreshDatabase, freshDatabase } from '../../support/postgres.ts';
import { asAdmin, temporaryHome } from '../../support/test-server.ts';

const KILLS = 5;
const FROM = Date.parse('2026-11-21T14:00:30.000Z');
const PATIENCE = { timeout: 120_000, interval: 10 };
/** Something falls due every half hour, which is each half second of these processes; some of it twice at one time. */
const DUTIES = `
duties:
  - { key: hourly, title: Hourly look, owner: payments, when: { cron: "0 * * * *" }, grace: 20m }
  - { key: half, title: Look at half past, owner: payments, when: { cron: "30 * * * *" }, grace: 90m }
  - { key: two, title: Every second hour, owner: managers, when: { cron: "0 */2 * * *" }, grace: 1h, announceBefore: 30m }
  - { key: six, title: Every sixth hour, owner: payments, when: { cron: "0 */6 * * *" }, announceBefore: 2h }
`;

let slack: TestSlack;
let database: FreshDatabase;
let home: string;
const started: MainstayProcess[] = [];
beforeEach(async () => {
  [slack, database, home] = await Promise.all([startSlack(), freshDatabase(), temporaryHome()]);
});
afterEach(async () => {
  await Promise.all(started.map((process) => process.kill()));
  await slack.stop();
  await database.drop();
  await rm(home, { recursive: true, force: true });
});

const rows = <Row extends object>(query: string) =>
  asAdmin(database.url, async (client) => (await client.query<Row>(query)).rows);

it('five kill -9 while duties fall due lose no occurrence, and ask for none twice', async () => {
  const specFile = join(home, 'operations.yml');
  await writeFile(specFile, (await readFile(NORTHWIND, 'utf8')) + DUTIES);
  const { spec } = readSpec(specFile, {});
  await beginPlanning(spec);

  const program = fileURLToPath(new URL('../../support/hurried-main.ts', import.meta.url));
  const settings = { HURRIED_FROM: String(FROM), HURRIED_SINCE: String(Date.now()) };
  const start = async () => {
    const process = await startProcess({ slack, databaseUrl: database.url, home, specFile, program, settings });
    started.push(process);
    return process;
  };
  const running = [await start(), await start()];
  for (let kill = 0; kill < KILLS; kill += 1) {
    // In the middle of it: runs were planned, and what they promise is not said yet.
    await vi.waitUntil(
      async () => (await rows(`select 1 from "Delivery" where status = 'pending'`)).length > 0,
      PATIENCE,
    );
    await running.shift()?.kill();
    running.push(await start());
  }
  await allSaid();
  await Promise.all(running.map((process) => process.kill()));
  // What the last moment promised, by one that nobody kills.
  const last = await start();
  await allSaid();
  await last.kill();

  const plans = await rows<{ duty: string; through: Date }>('select duty, through from "DutyPlan"');
  const expected = plans.flatMap(({ duty, through }) =>
    fallingDue(spec, { from: new Date(FROM + 1), to: through })
      .filter((entry) => entry.duty === duty)
      .map(({ at }) => `${duty} ${at.toISOString()}`),
  );
  const runs = (await rows<{ state: DutyRun }>('select state from "DutyRun"')).map(({ state }) => state);
  expect(runs.map(({ duty, dueAt }) => `${duty} ${dueAt}`).toSorted()).toEqual(expected.toSorted());
  expect(runs.length).toBeGreaterThan(20);
  const cards = await rows<{ run: number }>(
    `select (intent->'message'->>'run')::int as run from "Delivery" where intent->'message'->>'type' = 'run-card'`,
  );
  const asked = runs.filter(({ askedAt }) => askedAt !== null).map(({ number }) => number);
  expect(cards.map(({ run }) => run).toSorted((a, b) => a - b)).toEqual(asked.toSorted((a, b) => a - b));
  expect(await rows(`select error from "Delivery" where status = 'undeliverable'`)).toEqual([]);
  expect(await saidTwiceOrNever()).toEqual([]);
});

/** From here on every occurrence is owed: a duty that is new owes nothing for the past. */
async function beginPlanning(spec: ReturnType<typeof readSpec>['spec']): Promise<void> {
  const db = openDatabase(database.url);
  const store = createStore(db, { enqueue: async () => {} });
  await planDuties({ store, clock: { now: () => new Date(FROM) }, spec: { current: () => spec } });
  await db.close();
}

/** Resolves at a moment when nothing is promised that is not said. */
async function allSaid(): Promise<void> {
  await vi.waitUntil(
    async () => (await rows(`select 1 from "Delivery" where status = 'pending'`)).length === 0,
    PATIENCE,
  );
}

/** Promises of messages that stand in Slack not once; every message names its promise. */
async function saidTwiceOrNever(): Promise<string[]> {
  const posts = await rows<{ id: string }>(
    `select id::text from "Delivery" where intent->>'kind' = 'post' and status = 'delivered'`,
  );
  const said = slack.stage.emulator
    .table('messages')
    .all()
    .flatMap(({ metadata }) => (metadata === undefined ? [] : [JSON.stringify(metadata)]));
  const count = (id: string) => said.filter((metadata) => metadata.includes(`"id":"${id}"`)).length;
  return posts.filter(({ id }) => count(id) !== 1).map(({ id }) => `${id}: ${count(id)}`);
}
