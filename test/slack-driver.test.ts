/** The driver of the tests: what every journey of the suite relies on when a person does something. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startSlack, type TestSlack } from './support/emulate.ts';
import { createDriver, type Driver } from './support/slack-driver.ts';
import { startTinyApp, TINY_MANIFEST } from './support/tiny-app.ts';
import { takeViolations } from './support/violations.ts';

let slack: TestSlack;
let app: Awaited<ReturnType<typeof startTinyApp>>;
let driver: Driver;

beforeAll(async () => {
  slack = await startSlack({ manifest: TINY_MANIFEST });
  app = await startTinyApp(slack);
  driver = createDriver({ url: app.url, slack });
});

afterAll(async () => {
  app.stop();
  await slack.stop();
});

beforeEach(() => {
  app.heard.length = 0;
});

/** The modal that `/incident` opens for a person. */
async function opened(person: 'alice' | 'bob') {
  await driver.as(person).slash('/incident');
  const modal = slack.modalOf(person);
  if (!modal) throw new Error('The modal did not open.');
  return modal;
}

describe('people', () => {
  test('a command is answered in its acknowledgement, and the person sees it', async () => {
    const answer = await driver.as('alice').slash('/incident', 'assign @bob', { channel: 'ops' });

    expect(answer).toMatchObject({ status: 200, body: `Heard: assign <@${slack.users.bob}|bob>` });
    expect(slack.ephemerals('alice').at(-1)).toMatchObject({ channel_id: slack.channels['ops'], text: answer.body });
  });

  test('a modal is opened, refused with a word beside the field, accepted, and closed', async () => {
    const modal = await opened('alice');
    const refused = await driver.as('alice').submit(modal, { title: '?' });

    expect(refused.errors).toEqual({ title: 'Say what is wrong.' });
    expect(slack.modalOf('alice')?.id).toBe(modal.id);
    expect((await driver.as('alice').submit(modal, { text: 'Checkout is down' })).status).toBe(200);
    expect(slack.modalOf('alice')).toBeUndefined();
  });

  test("a form Slack's client would keep is not sent", async () => {
    const modal = await opened('bob');

    await expect(driver.as('bob').submit(modal)).rejects.toThrow('Please complete this required field.');
    await expect(driver.as('bob').submit(modal, { title: 'x'.repeat(81) })).rejects.toThrow('at most 80 characters');
    await expect(driver.as('bob').submit(modal, { service: 'x' })).rejects.toThrow('No field is named "service"');
    await driver.as('bob').close(modal);
    expect(app.heard).toEqual([`closed by ${slack.users.bob}`]);
  });

  test('a button is clicked, and the answer to its response_url is recorded', async () => {
    await driver.as('alice').submit(await opened('alice'), { title: 'Search is slow' });
    const card = await vi.waitUntil(() => slack.history('incidents').find(({ text }) => text === 'Search is slow'));

    expect((await driver.as('bob').click(card, 'mitigate')).status).toBe(200);
    await vi.waitUntil(() => slack.responses.length > 0);
    expect(slack.responses.at(-1)).toMatchObject({ status: 200, payload: { text: 'Mitigating INC-1' } });
    expect(() => driver.as('bob').click(card, 'resolve')).toThrow('No control has the action_id resolve');
  });

  test('a shortcut of a message carries the message', async () => {
    const ts = await slack.postAs('charlie', 'ops', 'disk is full');
    await driver.as('alice').shortcut('note', { channel_id: slack.channel('ops').channel_id, ts });

    expect(app.heard).toContain('noted disk is full');
  });

  test('what is said and reacted reaches the app as events that name it', async () => {
    const ts = await driver.as('alice').say('ops', 'look at @bob');
    await driver.as('charlie').react('ops', ts, 'pushpin');
    await driver.as('charlie').unreact('ops', ts, 'pushpin');

    expect(app.heard).toEqual([
      `channel: look at <@${slack.users.bob}>`,
      `pushpin of ${slack.users.charlie} for A0MAINSTAY`,
    ]);
  });

  test('what happens where the app is not, it does not hear', async () => {
    await slack.callAs('charlie', 'conversations.kick', {
      channel: slack.channels['team-payments'],
      user: slack.users.bot,
    });
    await driver.as('alice').say('team-payments', 'just us');

    expect(app.heard).toEqual([]);
  });

  test('App Home is shown when it is opened', async () => {
    await driver.as('charlie').openApp();

    await vi.waitUntil(() => slack.homeOf('charlie')?.blocks[0]?.type === 'divider');
  });
});

test('an acknowledgement Slack would cut, or show nowhere, fails the test', async () => {
  await driver.as('alice').slash('/incident', 'flood');
  expect(takeViolations()).toEqual([expect.stringContaining('/incident /text: at most 4000 characters')]);

  await driver.as('alice').submit(await opened('alice'), { title: '!' });
  expect(takeViolations()).toEqual([
    expect.stringContaining('An error is given for "nowhere", which is no input block'),
  ]);
});

test('a response_url works five times', async () => {
  const { request } = await driver.as('alice').slash('/incident', 'x');
  const url = new URLSearchParams(request.body).get('response_url') ?? '';
  const respond = async () => (await fetch(url, { method: 'POST', body: JSON.stringify({ text: 'again' }) })).status;

  for (const _ of [1, 2, 3, 4, 5]) expect(await respond()).toBe(200);
  expect(await respond()).toBe(404);
  expect(slack.ephemerals('alice').filter((message) => message.text === 'again')).toHaveLength(5);
});

describe('requests', () => {
  test('a stale or forged one is refused', async () => {
    expect((await driver.stale().as('alice').slash('/incident', 'x')).status).toBe(401);
    expect((await driver.stale(299).as('alice').slash('/incident', 'x')).status).toBe(200);
    expect((await driver.forged().as('alice').slash('/incident', 'x')).status).toBe(401);
  });

  test('one is sent again byte by byte, and an event as Slack retries it', async () => {
    const first = await driver.as('alice').slash('/incident', 'x');
    const event = await driver.event({ type: 'reaction_added', reaction: 'eyes', user: 'U0BOB' });
    const again = await driver.retry(event, 2);

    expect(await driver.duplicate(first)).toMatchObject({ status: 200, body: 'Heard: x', request: first.request });
    expect(again.status).toBe(200);
    expect(again.request.headers).toMatchObject({ 'x-slack-retry-num': '2', 'x-slack-retry-reason': 'http_timeout' });
    expect(again.request.body).toBe(event.request.body);
  });
});
