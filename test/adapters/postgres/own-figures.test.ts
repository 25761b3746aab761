import { afterAll, beforeAll, expect, it } from 'vitest';
import { openQueue, type Queue } from '../../../src/adapters/jobs/boss.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/client.ts';
import { readOwnFacts } from '../../../src/adapters/postgres/own-facts.ts';
import { readRoomFigures } from '../../../src/adapters/postgres/room-figures.ts';
import { testLogger } from '../../support/logger.ts';
import { type FreshDatabase, freshDatabase } from '../../support/postgres.ts';

let fresh: FreshDatabase;
let database: Database;
let queue: Queue;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
  queue = await openQueue(fresh.url, { keep: false, log: testLogger().logger });
});
afterAll(async () => {
  await queue.close();
  await database.close();
  await fresh.drop();
});
const run = (text: string, values: unknown[] = []) => database.pool.query(text, values);

it('tells how long what waits has waited, and only of what could be done now', async () => {
  expect(await readOwnFacts(database.pool, ['slack', 'daily'])).toMatchObject({
    deliveries: { pending: 0, undeliverable: 0, oldestMs: null },
    jobs: [],
    instances: { alive: 0, behind: 0 },
  });
  await run(`insert into "Delivery" (lane, intent, status, "createdAt") values
    ('a', '{}', 'pending', now() - interval '7 minutes'), ('a', '{}', 'pending', now()),
    ('a', '{}', 'undeliverable', now() - interval '9 days'), ('a', '{}', 'delivered', now() - interval '1 hour')`);
  await queue.boss.insert('slack', [
    { data: {}, singletonKey: 'a', startAfter: 3_600 },
    { data: {}, singletonKey: 'b' },
  ]);
  await queue.boss.insert('actions', [{ data: {}, singletonKey: 'c' }]);
  await run(`update pgboss.job set start_after = now() - interval '90 seconds' where singleton_key = 'b'`);
  await run(`insert into "SpecInstance" (id, place, hash, fault, "seenAt") values
    ('1', 'here', 'h', null, now()), ('2', 'there', 'h', 'has another file', now()), ('3', 'gone', 'h', null, now() - interval '5 minutes')`);
  const facts = await readOwnFacts(database.pool, ['slack', 'daily']);
  expect(facts.deliveries).toEqual({ pending: 2, undeliverable: 1, oldestMs: expect.closeTo(420_000, -4) });
  expect(facts.jobs).toEqual([{ queue: 'slack', count: 1, underWay: 0, oldestMs: expect.closeTo(90_000, -4) }]);
  await queue.boss.insert('actions', [{ data: {}, singletonKey: 'd' }]);
  await run(`update pgboss.job set state = 'active' where singleton_key = 'd'`);
  expect((await readOwnFacts(database.pool, ['actions'])).jobs).toMatchObject([
    { queue: 'actions', count: 1, underWay: 1 },
  ]);
  expect(facts.instances).toEqual({ alive: 2, behind: 1 });
  // One machine has one clock; the middle of a slow answer is only about when the clock was read.
  expect(Math.abs(facts.aheadMs)).toBeLessThanOrEqual(facts.answerMs / 2 + 2);
});

it('counts the rooms, and sorts the times of incidents into buckets that include their bounds', async () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 12, minute)).toISOString();
  const incident = (number: number, status: string, severity: string | null, took: [number | null, number | null]) =>
    run(`insert into "Incident" (number, version, status, severity, state) values ($1, 1, $2, $3, $4)`, [
      number,
      status,
      severity,
      {
        declaredAt: at(0),
        acknowledgedAt: took[0] === null ? null : at(took[0]),
        resolvedAt: took[1] === null ? null : at(took[1]),
      },
    ]);
  await incident(1, 'closed', 'SEV1', [1, 30]);
  await incident(2, 'resolved', 'SEV1', [2, 31]);
  await incident(3, 'assessed', 'SEV1', [null, null]);
  await incident(4, 'identified', null, [null, null]);
  const figures = await readRoomFigures(database.pool, [60, 1_800]);
  expect(new Set(figures.openIncidents)).toEqual(
    new Set([
      { label: 'SEV1', count: 1 },
      { label: 'unrated', count: 1 },
    ]),
  );
  expect(new Set(figures.times)).toEqual(
    new Set([
      { severity: 'SEV1', measure: 'acknowledge', le: 60, count: 1, seconds: 60 },
      { severity: 'SEV1', measure: 'acknowledge', le: 1_800, count: 1, seconds: 120 },
      { severity: 'SEV1', measure: 'resolve', le: 1_800, count: 1, seconds: 1_800 },
      { severity: 'SEV1', measure: 'resolve', le: null, count: 1, seconds: 1_860 },
    ]),
  );
  expect(figures).toMatchObject({ openRuns: [], openWindows: [], checks: [] });
});

it('counts no metric among the checks, because a metric is never judged', async () => {
  const looked = (key: string) =>
    run(
      `insert into "CheckSchedule" (key, active, "everyMs", "leaseMs", "dueAt", pulse) values ($1, true, 1, 1, now(), '{}')`,
      [key],
    );
  await looked('website');
  await looked('metric:latency');
  await looked('metrically');
  expect((await readRoomFigures(database.pool, [60])).checks).toEqual([{ label: 'unknown', count: 2 }]);
});
