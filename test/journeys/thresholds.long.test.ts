import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';

/** A shop that says how many orders wait, while it answers. */
const shop = { waiting: 3, answers: true };
let server: Server;
let journey: Journey;

const spec = (port: number) => `
targets:
  shop: { kind: http, url: "http://127.0.0.1:${port}" }
  mainstay-db: { kind: postgres, notConnected: Nobody said where it is. }
checks:
  - { key: front, title: Shop answers, kind: http, target: shop, path: /, every: 1m, timeout: 5s, owner: payments }
metrics:
  waiting: { title: Orders that wait, quantity: count, source: { kind: scrape, target: shop, sample: orders_waiting } }
  answering: { title: How fast the shop answers, quantity: time, source: { kind: checks, checks: [front], measure: latency } }
  size: { title: Size, quantity: size, source: { target: mainstay-db, query: SELECT 1 } }
thresholds:
  - { key: queue, title: Orders pile up, metric: waiting, breach: "> 100", for: 2m, statistic: last, severity: SEV2, service: checkout, owner: payments }
  - { key: slow, title: Shop is slow, metric: answering, breach: "> 10s", for: 1m, statistic: p95, owner: payments }
  - { key: size, title: Too large, metric: size, breach: "> 1GB", statistic: last, owner: payments }
`;

beforeAll(async () => {
  server = createServer((_, response) => {
    if (shop.answers) response.end(`orders_waiting ${shop.waiting}\n`);
    else response.socket?.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  journey = await startJourney({ spec: (northwind) => northwind + spec(port) });
});
afterAll(async () => {
  await journey.stop();
  server.close();
});

const PATIENCE = { timeout: 20_000, interval: 20 };
const team = () => journey.slack.history('team-payments').map(shown);

/** A minute passes, with a look at the metric in its middle and at its end. */
async function minute(): Promise<void> {
  for (let half = 0; half < 2; half += 1) {
    const before = await looks();
    journey.later(0.5);
    await vi.waitUntil(async () => (await looks()) > before, PATIENCE);
  }
}

async function looks(): Promise<number> {
  const [row] = await journey.rows<{ count: number }>(
    `select count(*)::int as count from "CheckSample" where key = 'threshold:queue'`,
  );
  return row?.count ?? 0;
}

async function becomes(key: string, status: string): Promise<void> {
  const query = 'select 1 from "CheckState" where key = $1 and status = $2';
  await vi.waitUntil(async () => (await journey.rows(query, [key, status])).length > 0, PATIENCE);
  await journey.quiet();
}

it('a threshold is told when it was bad for long enough, is a check in every other way, and says when nobody can tell', async () => {
  await minute();
  await becomes('threshold:queue', 'ok');
  shop.waiting = 812;
  await minute();
  await minute();
  expect(team()).toEqual([]);
  await minute();
  await becomes('threshold:queue', 'failing');
  expect(team()).toEqual([expect.stringMatching(/\*Orders pile up\* is failing since .*\n>812, above 100 for 2m/)]);

  const metrics = told(await journey.type('bob', '/health metrics', 'incidents'));
  expect(metrics).toContain('2 of 3 have a source here');
  expect(metrics).toMatch(/\*Orders that wait\* {2}· {2}812 <!date.*orders_waiting/s);
  expect(metrics).toContain('*Size*  ·  not connected: Nobody said where it is.');
  const card = told(await journey.type('bob', '/health queue', 'incidents'));
  expect(card).toMatch(/\*Orders pile up\* is failing .*812, above 100 for/s);
  expect(told(await journey.type('bob', '/health size', 'incidents'))).toContain('not connected: Nobody said');

  expect(told(await journey.type('alice', '/health mute queue 2h Sale', 'incidents'))).toContain('is muted until');
  expect(told(await journey.type('alice', '/health unmute queue', 'incidents'))).toContain('is told of again');
  await journey.restart();
  shop.answers = false;
  for (let passed = 0; passed < 2; passed += 1) await minute();
  await becomes('threshold:queue', 'unknown');
  expect(team().join('\n')).toMatch(/\*Orders pile up\*: no figure for .*broke off before the answer was whole/);

  shop.answers = true;
  shop.waiting = 3;
  await minute();
  await becomes('threshold:queue', 'ok');
  expect(told(await journey.type('bob', '/health history queue', 'incidents'))).toContain('comes in here');
  await journey.quiet();
  expect(journey.slack.history('incidents').map(shown).join('\n')).toContain('cannot be asked');
}, 120_000);
