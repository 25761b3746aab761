import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MessageRow } from '../../demo/slack/records.ts';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';

/** The story begins on Saturday at 14:00 UTC. Alice and Bob are the team; only Bob may agree. */
const DUTIES = (url: string) => `
targets:
  api: { kind: http, title: Payments API, url: "${url}" }
  old: { kind: http, title: Old API, notConnected: It was switched off }
duties:
  - key: health
    title: Health check
    when: { every: day, at: "16:00" }
    owner: payments
    grace: 2h
    run: { action: http.get, target: api, path: /health, contains: well }
  - key: cache
    title: Cache warm-up
    when: { every: day, at: "16:00" }
    owner: payments
    grace: 2h
    run: { action: http.get, target: api, path: /warm }
    approval: { of: every run, by: { users: [bob] } }
  - key: legacy
    title: Legacy check
    when: { every: day, at: "16:00" }
    owner: payments
    grace: 2h
    run: { action: http.get, target: old, path: /health }
permissions:
  duty.run: { teams: [payments] }
  duty.approve: everyone
  ops.spec: everyone
`;

let journey: Journey;
let server: Server;
let asked: string[];
let answer: { status: number; body: string };
beforeAll(async () => {
  asked = [];
  answer = { status: 200, body: 'all is well' };
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  journey = await startJourney({ spec: (northwind) => northwind + DUTIES(url) });
  await journey.minute();
});
afterAll(async () => {
  await journey.stop();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

/** Moves the clock on by hours, and has the app do what it does each minute. */
async function pass(hours: number): Promise<void> {
  journey.later(hours * 60);
  await journey.minute();
}

async function runOf(duty: string): Promise<string> {
  const [row] = await journey.rows<{ number: number }>(
    'select number from "DutyRun" where duty = $1 order by "dueAt" desc, number desc limit 1',
    [duty],
  );
  return row === undefined ? expect.fail(`${duty} has no run`) : `RUN-${row.number}`;
}

/** The one card of a run. */
function card(id: string): MessageRow {
  const cards = journey.slack.history('team-payments').filter((row) => shown(row).startsWith(`${id} `));
  expect(cards).toHaveLength(1);
  return cards[0] ?? expect.fail(`${id} has no card`);
}

it('is run by Mainstay when it falls due, and is done with what came of it', async () => {
  await pass(2);
  const id = await runOf('health');
  expect(asked).toEqual(['/health']);
  expect(shown(card(id))).toContain(':white_check_mark: Done by Mainstay');
  expect(shown(card(id))).toContain('*Succeeded:* GET /health on Payments API answered 200');
  expect(JSON.stringify(card(id))).toContain('all is well');
  expect(JSON.stringify(card(id))).not.toContain('action_id');
});

it('is not run where its target is not connected: the team is asked, and the card says why', async () => {
  const text = shown(card(await runOf('legacy')));
  expect(text).toContain(':clipboard: Due');
  expect(text).toContain('*Not connected, so nothing was run:* It was switched off.');
});

it('that fails is red and told to the team, and is run again by its button', async () => {
  answer = { status: 503, body: 'database is down '.repeat(200) };
  await pass(24);
  const id = await runOf('health');
  const failed = await journey.message('team-payments', `:x: *${id}* Health check: failed: GET /health`);
  expect(shown(failed)).toContain('answered 503, not 200');
  expect(shown(card(id))).toContain(':x: Failed\n:clipboard: Due');

  await journey.driver.as('alice').click(card(id), 'run.output');
  const output = await journey.hears('alice', `${id} Health check`);
  expect(JSON.stringify(output)).toMatch(/(database is down ){150}/);

  expect(told(await journey.driver.as('charlie').click(card(id), 'run.run'))).not.toContain('runs now');
  expect((await journey.kinds(id)).at(-1)).toBe('permission.refused');
  answer = { status: 200, body: 'well again' };
  await journey.driver.as('alice').click(card(id), 'run.run');
  await journey.quiet();
  expect(shown(card(id))).toContain(':white_check_mark: Done by Mainstay');
  expect(shown(card(id))).toContain('try 2');
});

it('with an approval shows what it would do, and runs when somebody agrees who may', async () => {
  const id = await runOf('cache');
  const before = asked.length;
  expect(shown(card(id))).toContain('*What it would do:* GET /warm on Payments API must answer 200');
  expect(shown(card(id))).toContain('Nothing is run before Bob Lindqvist agrees.');
  await journey.driver.as('alice').click(card(id), 'run.approve');
  await journey.hears('alice', 'You may not approve this run. Ask Bob Lindqvist.');
  expect(asked).toHaveLength(before);
  await journey.driver.as('bob').click(card(id), 'run.approve');
  await journey.quiet();
  expect(asked.slice(before)).toEqual(['/warm']);
  expect(shown(card(id))).toContain(`:ballot_box_with_check: Approved by <@${journey.slack.users.bob}>`);
  expect(shown(card(id))).toContain(':white_check_mark: Done by Mainstay');
});

it('that is declined is not run, and the reason is on its card', async () => {
  await pass(24);
  const id = await runOf('cache');
  const before = asked.length;
  await journey.driver.as('bob').click(card(id), 'run.decline');
  await journey.driver.as('bob').submit(journey.form('bob'), { reason: 'The sale begins today' });
  await journey.quiet();
  expect(shown(card(id))).toContain(`Declined by <@${journey.slack.users.bob}>: The sale begins today`);
  expect(asked).toHaveLength(before);
});

it('is run outside its calendar once, however often the request is repeated', async () => {
  const before = asked.length;
  const typed = await journey.type('alice', '/maintenance run health');
  const id = await runOf('health');
  expect(told(typed)).toContain(`:arrow_forward: *${id}* Health check runs now; its card in #team-payments`);
  expect(told(await journey.driver.retry(typed, 1))).toBe(told(typed));
  await journey.quiet();
  expect(asked.slice(before)).toEqual(['/health']);
  expect(shown(card(id))).toContain(':white_check_mark: Done by Mainstay');
  expect(told(await journey.type('alice', '/maintenance run healht'))).toContain('Did you mean `health`?');
  await journey.type('alice', '/maintenance run');
  await journey.driver.as('alice').submit(journey.form('alice'), { what: 'duty:health' });
  await journey.quiet();
  expect(asked.slice(before)).toEqual(['/health', '/health']);
  expect(told(await journey.type('alice', '/maintenance run legacy'))).toBe(
    '"Legacy check" cannot be run here: It was switched off.',
  );
});
