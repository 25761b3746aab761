import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mainstay } from '../support/cli.ts';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';
import { recordLooks } from '../support/uptime-record.ts';

const MINUTE = 60_000;
let server: Server;
let journey: Journey;

const spec = (port: number) => `
targets:
  shop: { kind: http, url: "http://127.0.0.1:${port}" }
checks:
  - { key: shop, title: The shop answers, kind: http, target: shop, path: /, every: 1m, timeout: 5s, owner: payments, service: checkout }
slo:
  - { key: shop-uptime, title: The shop is open, service: checkout, period: month, checks: [shop], uptime: 99.5%, maxDowntime: 30m, excludeWindows: true, owner: payments }
`;

beforeAll(async () => {
  server = createServer((_request, response) => response.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  journey = await startJourney({ spec: (northwind) => northwind + spec(port) });
  // Since nine in the morning, and closed from eleven to twenty past.
  const nine = Date.parse('2026-11-21T09:00:00Z');
  const looks = Array.from({ length: 300 }, (_, minute) => ({
    at: nine + minute * MINUTE,
    answer: minute >= 120 && minute < 140 ? ('failing' as const) : ('ok' as const),
  }));
  await recordLooks({ query: (text, values) => journey.rows(text, values) }, 'shop', MINUTE, looks);
});
afterAll(async () => {
  await journey.stop();
  server.close();
});

it('a promise is shown, explained with a picture, and its budget told of once', async () => {
  const overview = told(await journey.type('alice', '/ops uptime'));
  expect(overview).toContain('1 promise of uptime.');
  expect(overview).toContain('*Checkout* (`shop-uptime`)  33 % of 30 min left for November 2026');
  expect(overview).toContain('month 93.333 % ?');

  expect(told(await journey.type('alice', '/ops uptime checkout'))).toBe('What became of it comes here.');
  await journey.quiet();
  const report = await journey.message('general', 'The shop is open');
  expect(shown(report)).toContain('*at most 30 min of downtime*: 20 min of 30 min spent, 10 min left');
  expect(shown(report)).toMatch(/for 20 min {2}· {2}The shop answers \(says failing\)/);
  expect(shown(report)).toMatch(/for 20 d 9 h: nobody asked/);
  expect(report.blocks?.some(({ type }) => type === 'image')).toBe(true);

  expect(told(await journey.type('bob', '/ops uptime chekout'))).toContain('Did you mean `checkout`?');
  expect(told(await journey.type('bob', '/ops uptime checkout 2027'))).toContain('2027 has not begun yet');

  await journey.minute();
  await journey.minute();
  const news = await journey.message('team-payments', 'Uptime budget of *Checkout*');
  expect(shown(news)).toContain('*half of it is spent* (at most 30 min of downtime)');

  await journey.driver.as('charlie').openApp();
  await journey.quiet();
  expect(shown(journey.slack.homeOf('charlie') ?? {})).toContain('33 % of 30 min left for November 2026');

  const metrics = await (await fetch(`${journey.app().url}/metrics`)).text();
  expect(metrics).toContain('mainstay_slo_error_budget_left_seconds{slo="shop-uptime",objective="maxDowntime"} 600');

  const { code, out } = await mainstay(['uptime', 'checkout', '--period', '2020-Q1', '--json'], {
    ...{
      NODE_ENV: 'test',
      DATABASE_URL: journey.databaseUrl,
      MAINSTAY_HOME: journey.home,
      MAINSTAY_SPEC: journey.specFile,
    },
    ...{
      SLACK_API_URL: journey.slack.apiUrl,
      SLACK_BOT_TOKEN: journey.slack.token,
      SLACK_SIGNING_SECRET: journey.slack.signingSecret,
    },
  });
  expect(code).toBe(0);
  const from = '2020-01-01T00:00:00.000Z';
  expect(JSON.parse(out)).toMatchObject([
    { slo: 'shop-uptime', outages: [], unknown: [{ from, reason: 'not-asked' }] },
  ]);
}, 60_000);
