import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { MessageRow } from '../../demo/slack/records.ts';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';

/** A shop that is well or not, and a bank that its checkout depends on. */
const shop = { checkout: 200, bank: 200 };
let server: Server;
let journey: Journey;

const spec = (port: number) => `
targets:
  shop: { kind: http, url: "http://127.0.0.1:${port}" }
  cache: { kind: host, notConnected: There is no cache here. }
checks:
  - { key: bank, title: Bank answers, kind: http, target: shop, path: /bank, every: 1m, timeout: 5s, owner: payments, service: payments }
  - { key: checkout, title: Checkout answers, kind: http, target: shop, path: /checkout, every: 1m, timeout: 5s, owner: payments, service: checkout, severity: SEV2, dependsOn: [bank] }
  - { key: cache, title: Cache answers, kind: tcp, target: cache, every: 1m, timeout: 5s }
  - { key: nightly, title: Nightly report, kind: heartbeat, every: 1h, timeout: 10m, within: 30m, owner: payments }
permissions:
  health.mute: { users: [alice] }
`;

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    response.writeHead(url === '/bank' ? shop.bank : shop.checkout).end('hello');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  journey = await startJourney({ spec: (northwind) => northwind + spec(port) });
  await vi.waitUntil(async () => (await journey.rows('select 1 from "CheckSchedule"')).length === 3);
});
afterAll(async () => {
  await journey.stop();
  server.close();
});

const PATIENCE = { timeout: 20_000, interval: 20 };

/** Resolves when a check is in this state, and what that asks for is said. */
async function becomes(key: string, status: string): Promise<void> {
  const query = 'select 1 from "CheckState" where key = $1 and status = $2';
  await vi.waitUntil(async () => (await journey.rows(query, [key, status])).length > 0, PATIENCE);
  await journey.quiet();
}

const team = () => journey.slack.history('team-payments');
function only(messages: readonly MessageRow[]): MessageRow {
  const [message, ...others] = messages;
  if (message === undefined || others.length > 0) throw new Error(`there are ${messages.length} messages`);
  return message;
}

describe('a check that fails', () => {
  it('is said once in its owner’s channel, with what helps', async () => {
    journey.later(1);
    await becomes('checkout', 'ok');
    await becomes('bank', 'ok');
    expect(team()).toEqual([]);
    shop.checkout = 503;
    journey.later(1);
    await becomes('checkout', 'failing');
    const message = only(team());
    expect(shown(message)).toMatch(
      /:large_orange_circle: \*Checkout answers\* is failing since .*\n>answered 503 instead of 200/,
    );
    expect(shown(message)).toContain('service Checkout');
    journey.later(1);
    await vi.waitUntil(
      async () =>
        (await journey.rows(`select 1 from "CheckSample" where key = 'checkout' and answer = 'failing'`)).length > 1,
      PATIENCE,
    );
    journey.later(6);
    await journey.minute();
    expect(shown(only(team()))).toContain('bad answers in a row');
  });

  it('becomes an incident by a click, with all that is known filled in', async () => {
    await journey.driver.as('bob').click(only(team()), 'check.declare');
    const form = journey.form('bob');
    const initial = JSON.stringify(form.blocks);
    expect(initial).toContain('"initial_value":"Checkout answers fails"');
    expect(initial).toContain('"value":"SEV2"');
    expect(initial).toMatch(/"initial_option":\{"value":"checkout"/);
  });

  it('stands first on the screen of /health, where green is a line and what is not connected stands apart', async () => {
    expect(told(await journey.type('bob', '/health', 'incidents'))).toBe('Asked 2 checks; the answers come in here.');
    await vi.waitUntil(
      async () => (await journey.rows('select 1 from "HealthScreen" where not open')).length === 1,
      PATIENCE,
    );
    await journey.quiet();
    const screen = shown(only(journey.slack.history('incidents')));
    expect(screen).toMatch(/^\*1 of 3 checks fail\*, asked <!date/);
    expect(screen.split('\n')[1]).toContain('*Checkout answers*');
    expect(screen).toMatch(/:large_green_circle: 1 well: Bank answers/);
    expect(screen).toContain('Not connected: *Cache answers* (There is no cache here.)');
    expect(screen).not.toContain('still to answer');
  });

  it('is muted by who may, for a reason, and its message says so', async () => {
    expect(told(await journey.type('bob', '/health mute checkout 2h Racks move'))).toContain(
      'You may not mute checks.',
    );
    expect(told(await journey.type('alice', '/health mute checkout 2h Racks move'))).toMatch(/is muted until <!date/);
    await journey.quiet();
    expect(shown(only(team()))).toMatch(/:no_bell: muted until .* by <@.*>: Racks move/);
    expect(told(await journey.type('alice', '/health unmute checkout'))).toContain('is told of again');
    await journey.quiet();
  });

  it('recovers, and the message that told of it says how long it was bad; who watches hears it', async () => {
    expect(told(await journey.type('bob', '/health watch', 'managers'))).toContain('is told of every change until');
    shop.checkout = 200;
    journey.later(1);
    await becomes('checkout', 'ok');
    expect(shown(only(team()))).toMatch(
      /:white_check_mark: \*Checkout answers\* recovered <!date.*; it failed for \d+ min/,
    );
    expect(shown(only(journey.slack.history('managers')))).toBe(':white_check_mark: *Checkout answers* recovered.');
    expect(told(await journey.type('bob', '/health history checkout', 'incidents'))).toContain('comes in here');
    const history = await journey.message('incidents', 'failing: bad answers in a row');
    expect(history.blocks).toContainEqual(
      expect.objectContaining({
        type: 'image',
        alt_text: expect.stringMatching(/^Chart\. Checkout answers: .*on 1 of them/),
      }),
    );
    expect(await journey.kinds('CHK-checkout')).toEqual([
      'check.changed',
      'check.changed',
      'permission.refused',
      'check.muted',
      'check.unmuted',
      'check.changed',
    ]);
  });
});

describe('a heartbeat', () => {
  const call = (path: string, init?: RequestInit) => fetch(`${journey.app().url}${path}`, init);
  let path: string;

  it('has an address that cannot be guessed, and nothing else answers', async () => {
    path = /`(\/beat\/[\w-]{32})`/.exec(told(await journey.type('alice', '/health beat nightly')))?.[1] ?? '';
    expect((await call(path, { method: 'POST', body: 'it went well' })).status).toBe(200);
    await becomes('nightly', 'ok');
    for (const wrong of ['/beat/nightly', `${path.slice(0, -1)}~`, `${path}/other`]) {
      expect((await call(wrong)).status).toBe(404);
    }
    expect((await call(path, { method: 'DELETE' })).status).toBe(405);
  });

  it('is missed at the very instant its grace ends, also over a restart', async () => {
    const heardAt = journey.now();
    await journey.end();
    journey.later(75);
    await journey.begin();
    await becomes('nightly', 'failing');
    const [row] = await journey.rows<{ since: string }>(
      `select state->>'since' as since from "CheckState" where key = 'nightly'`,
    );
    expect(row?.since).toBe(new Date(heardAt.getTime() + 70 * 60_000).toISOString());
  });

  it('tells how long the work took, and fails when it says so or takes too long', async () => {
    await call(`${path}/start`);
    journey.later(5);
    await call(path);
    await becomes('nightly', 'ok');
    const [sample] = await journey.rows(`select "latencyMs" from "CheckSample" where key = 'nightly' order by at desc`);
    expect(sample).toEqual({ latencyMs: 300_000 });
    journey.later(1);
    expect((await call(`${path}/fail`)).status).toBe(200);
    await becomes('nightly', 'failing');
  });
});
