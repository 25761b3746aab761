import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';
import { type RealAlertmanager, startAlertmanager } from '../support/real-alertmanager.ts';

const PATIENCE = { timeout: 60_000, interval: 50 };
const SLOW = { alertname: 'Slow', service: 'checkout', instance: 'host-1' };
const DOWN = { alertname: 'Slow', service: 'checkout', instance: 'host-2' };

let journey: Journey;
let alertmanager: RealAlertmanager;

beforeAll(async () => {
  let hooks = 'http://127.0.0.1:9';
  alertmanager = await startAlertmanager({ url: () => hooks, secret: 'test-hook-secret-0123456789' });
  const targets = `\ntargets:\n  pager: { kind: alertmanager, url: "${alertmanager.url}" }\n`;
  journey = await startJourney({ spec: (northwind) => northwind + targets });
  hooks = journey.app().url;
  sync();
  await again();
});
afterAll(async () => {
  await journey.stop();
  await alertmanager.stop();
});

/** Alertmanager goes by its own clock, and says by that how long it has run. */
function sync(): void {
  journey.later((Date.now() - journey.now().getTime()) / 60_000);
}

/** Started anew it has no alerts. */
async function again(): Promise<void> {
  await alertmanager.kill();
  await alertmanager.start();
}

const card = async () => shown(await journey.message('team-payments', 'ALERT-2'));
const sent = async () => {
  const text = await (await fetch(`${alertmanager.url}/metrics`)).text();
  return Number(/^alertmanager_notifications_total\{integration="webhook"\} (\d+)/m.exec(text)?.[1]);
};
const states = async () => {
  const alerts = (await (await fetch(`${alertmanager.url}/api/v2/alerts?filter=alertname%3DSlow`)).json()) as {
    status: { state: string };
  }[];
  return alerts.map(({ status }) => status.state);
};

it('a group is silenced from its card, and nothing else, until somebody ends that', async () => {
  const index = { alertname: 'IndexStale', service: 'payments' };
  await alertmanager.fire(index, { ...index, env: 'test' });
  const row = await journey.message('team-payments', 'IndexStale');
  await journey.driver.as('alice').click(row, 'alert.silence');
  const form = journey.form('alice');
  expect(shown(form)).toContain('• alertname = IndexStale');
  await journey.driver.as('alice').submit(form, { comment: 'It is rebuilt' });
  const [silence, ...others] = await vi.waitUntil(async () => {
    const found = await alertmanager.silences();
    return found.length > 0 && found;
  }, PATIENCE);
  expect(others).toEqual([]);
  expect(silence).toMatchObject({ createdBy: 'Alice', comment: expect.stringMatching(/^It is rebuilt \(ALERT-\d+, /) });
  await vi.waitUntil(
    async () => shown(await journey.message('team-payments', 'IndexStale')).includes('silenced in Alertmanager until'),
    PATIENCE,
  );
  await journey.driver.as('alice').click(await journey.message('team-payments', 'IndexStale'), 'alert.end-silence');
  await vi.waitUntil(async () => (await alertmanager.silences()).length === 0, PATIENCE);

  const endsAt = new Date(Date.now() + 3_600_000).toISOString();
  const matchers = [{ name: 'alertname', value: 'Index.*', isRegex: true, isEqual: true }];
  await fetch(`${alertmanager.url}/api/v2/silences`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      matchers,
      startsAt: new Date().toISOString(),
      endsAt,
      createdBy: 'Charlie',
      comment: 'Lunch',
    }),
  });
  const list = await vi.waitUntil(async () => {
    const answer = await journey.type('bob', '/ops silences');
    return told(answer).includes('*2 alerts*') && answer;
  }, PATIENCE);
  expect(told(list)).toContain('alertname =~ Index.*\n>Lunch');
  const [theirs] = await alertmanager.silences();
  await journey.driver.as('bob').click(await journey.hears('bob', 'Lunch'), 'ops.expire-silence');
  await journey.hears('bob', 'The silence of Charlie has ended: Lunch');
  expect(await alertmanager.silences()).toEqual([]);
  expect(theirs?.createdBy).toBe('Charlie');
});

it('an alert that is fixed while a window silences it is resolved; one that a restarted Alertmanager has forgotten is not', async () => {
  await alertmanager.fire(SLOW, DOWN);
  await vi.waitUntil(async () => (await card()).includes('2 firing'), PATIENCE);
  await journey.type('alice', '/maintenance plan checkout 2h Move the database');
  await journey.driver.as('alice').submit(journey.form('alice'), {
    startsAt: Math.floor(journey.now().getTime() / 1000),
    reason: 'The disk is full',
    shortNotice: 'It is full now',
  });
  await journey.minute();
  await vi.waitUntil(async () => (await states()).join() === 'suppressed,suppressed', PATIENCE);

  await again();
  sync();
  // The silence is opened again before the app's clock is ahead of Alertmanager's.
  for (let minute = 0; minute < 4; minute += 1) {
    await journey.minute();
    journey.later(1);
  }
  expect(await states()).toEqual([]);
  expect(await card()).toContain('2 firing');

  await alertmanager.fire(SLOW, DOWN);
  await vi.waitUntil(async () => (await states()).join() === 'suppressed,suppressed', PATIENCE);
  const before = await sent();
  await alertmanager.resolve(SLOW);
  await vi.waitUntil(async () => (await states()).length === 1, PATIENCE);
  journey.later(9);
  await journey.minute();
  expect(await card()).toContain('2 firing');
  journey.later(3);
  await journey.minute();
  await vi.waitUntil(async () => (await card()).includes('1 firing, 1 resolved'), PATIENCE);
  expect(await card()).toContain('One alert has ended while silenced: Alertmanager has it no more');
  expect(await sent()).toBe(before);
});
