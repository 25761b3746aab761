import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Delivery } from '../../../src/domain/delivery.ts';
import type { Fault } from '../../support/slack-faults.ts';
import { type DeliveryHarness, deliveryHarness, line, linesIn, PATIENCE } from './delivery-harness.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let harness: DeliveryHarness;
beforeEach(async () => {
  harness = await deliveryHarness();
});
afterEach(() => harness.close());

/** What the operators were told, in order. */
function told(): string[] {
  return harness.slack.history('ops').map(({ blocks }) => JSON.stringify(blocks));
}

const FAULTS: readonly [name: string, fault: Fault][] = [
  ['a rate limit', { rateLimited: 1 }],
  ['"ratelimited" in an answer', { error: 'ratelimited' }],
  ['an HTTP 500', { status: 500 }],
  ['an HTTP 500 after the fact', { status: 500, delivered: true }],
  ['an answer that never comes', { hang: true }],
  ['an answer that never comes after the fact', { hang: true, delivered: true }],
  ['a lost connection', { reset: true }],
  ['a connection lost after the fact', { reset: true, delivered: true }],
  ['a fault of Slack', { error: 'internal_error' }],
];

describe('a channel', () => {
  it('gets its messages once and in order through every kind of fault, while another channel does not wait', async () => {
    const { slack } = harness;
    const { incidents } = slack.channels;
    for (const [, fault] of FAULTS)
      slack.faults.next('chat.postMessage', fault, { where: ({ channel }) => channel === incidents });
    for (let n = 1; n <= 10; n++) await harness.promise(line(n), line(n, 'general'));
    await vi.waitFor(() => expect(linesIn(slack, 'general')).toHaveLength(10), PATIENCE);
    expect(linesIn(slack).length).toBeLessThan(10);

    const rows = await harness.settled();
    const inOrder = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(linesIn(slack)).toEqual(inOrder);
    expect(linesIn(slack, 'general')).toEqual(inOrder);
    expect(rows.every(({ status }) => status === 'delivered')).toBe(true);
  });

  it.each(FAULTS)('gets a message once through %s', async (_, fault) => {
    const { slack } = harness;
    slack.faults.next('chat.postMessage', fault);
    await harness.promise(line(1), line(2));
    await harness.settled();
    expect(linesIn(slack)).toEqual([1, 2]);
  });

  it('is asked for metadata when a message may have arrived, because Slack leaves it out unless asked', async () => {
    const { slack } = harness;
    slack.faults.next('chat.postMessage', { reset: true, delivered: true });
    await harness.promise(line(1));
    await harness.settled();
    const [lookUp] = slack.callsTo('conversations.history');
    expect(lookUp?.args).toMatchObject({ channel: slack.channels['incidents'], include_all_metadata: 'true' });
    expect(slack.callsTo('chat.postMessage')).toHaveLength(1);
  });

  it('is not asked when a message cannot have arrived', async () => {
    const { slack } = harness;
    slack.faults.next('chat.postMessage', { rateLimited: 1 });
    await harness.promise(line(1));
    await harness.settled();
    expect(slack.callsTo('conversations.history')).toEqual([]);
    expect(linesIn(slack)).toEqual([1]);
  });

  it('that is public and without the bot is joined', async () => {
    const { slack } = harness;
    await slack.callAs('alice', 'conversations.create', { name: 'outages' });
    await harness.promise(line(1, 'outages'), line(2, 'outages'));
    await harness.settled();
    expect(linesIn(slack, 'outages')).toEqual([1, 2]);
    expect(slack.callsTo('conversations.join')).toHaveLength(1);
  });

  it('the bot was taken out of is joined again', async () => {
    const { slack } = harness;
    await harness.promise(line(1));
    await harness.settled();
    await slack.callAs('alice', 'conversations.kick', { channel: slack.channels['incidents'], user: slack.users.bot });
    await harness.promise(line(2));
    await harness.settled();
    expect(linesIn(slack)).toEqual([1, 2]);
  });

  it('made after the channels were listed is found', async () => {
    const { slack } = harness;
    await harness.promise(line(1));
    await harness.settled();
    await slack.callAs('alice', 'conversations.create', { name: 'outages' });
    harness.clock.ahead(MINUTE);
    await harness.promise(line(2, 'outages'));
    await harness.settled();
    expect(linesIn(slack, 'outages')).toEqual([2]);
  });
});

describe('a person', () => {
  it('is written to directly', async () => {
    const { slack } = harness;
    const to = { to: 'user' as const, user: slack.users.bob };
    await harness.promise({ ...line(1), kind: 'post', to } as Delivery);
    const [row] = await harness.settled();
    expect(row).toMatchObject({ lane: 'user:U0BOB', status: 'delivered' });
    const [call] = slack.callsTo('chat.postMessage');
    expect(slack.members(String(call?.args['channel'])).toSorted()).toEqual(
      [slack.users.bob, slack.users.bot].toSorted(),
    );
  });
});

describe('a permanent refusal', () => {
  it('of an archived channel blocks nothing, and the operators hear of it once', async () => {
    const { slack } = harness;
    await slack.callAs('alice', 'conversations.archive', { channel: slack.channels['incidents'] });
    await harness.promise(line(1), line(2), line(3, 'general'), line(4));
    const rows = await harness.settled();
    expect(rows.map(({ status }) => status)).toEqual([
      'undeliverable',
      'undeliverable',
      'delivered',
      'undeliverable',
      'delivered',
    ]);
    expect(rows[0]?.error).toBe('The channel is archived.');
    expect(told()).toEqual([
      expect.stringContaining('*the anchor of the log* to #incidents: The channel is archived.'),
    ]);

    await slack.callAs('alice', 'conversations.unarchive', { channel: slack.channels['incidents'] });
    await harness.promise(line(5));
    await harness.settled();
    expect(linesIn(slack)).toEqual([5]);
  });

  it('is told again when it is still so after an hour', async () => {
    await harness.slack.callAs('alice', 'conversations.archive', { channel: harness.slack.channels['incidents'] });
    await harness.promise(line(1));
    await harness.settled();
    harness.clock.ahead(HOUR + MINUTE);
    await harness.promise(line(2));
    await harness.settled();
    expect(told()).toHaveLength(2);
  });

  it("of the operators' own channel is not told to anyone", async () => {
    const { slack } = harness;
    await slack.callAs('alice', 'conversations.archive', { channel: slack.channels['ops'] });
    await slack.callAs('alice', 'conversations.archive', { channel: slack.channels['incidents'] });
    await harness.promise(line(1));
    const rows = await harness.settled();
    expect(rows.map(({ status, intent }) => [status, intent.kind === 'post' && intent.message.type])).toEqual([
      ['undeliverable', 'anchor'],
      ['undeliverable', 'undeliverable'],
    ]);
  });

  it('of a channel nobody made says what to do', async () => {
    await harness.promise(line(1, 'nowhere'));
    const [row] = await harness.settled();
    expect(row?.error).toBe(
      'There is no channel "nowhere" that the bot can see: create it, or invite the bot if it is private.',
    );
  });
});

describe('Slack being down', () => {
  it('for ten minutes loses nothing and changes no order', async () => {
    const { slack } = harness;
    slack.faults.outage();
    await harness.promise(line(1), line(2), line(1, 'general'));
    await harness.promise(line(3), line(2, 'general'));
    for (let minute = 0; minute < 10; minute++) {
      const before = slack.calls.length;
      harness.clock.ahead(MINUTE);
      await vi.waitFor(() => expect(slack.calls.length).toBeGreaterThan(before + 2), PATIENCE);
    }
    slack.faults.recover();
    const rows = await harness.settled();
    expect(rows.every(({ status }) => status === 'delivered')).toBe(true);
    expect([linesIn(slack), linesIn(slack, 'general')]).toEqual([
      [1, 2, 3],
      [1, 2],
    ]);
    expect(told()).toEqual([]);
  });

  it('for a day ends what was promised before it, and says so', async () => {
    const { slack } = harness;
    slack.faults.outage({ status: 503 });
    await harness.promise(line(1));
    await vi.waitFor(async () => expect((await harness.promises())[0]?.attempts).toBeGreaterThan(2), PATIENCE);
    harness.clock.ahead(25 * HOUR);
    await vi.waitFor(async () => expect((await harness.promises())[0]?.status).toBe('undeliverable'), PATIENCE);
    slack.faults.recover();
    const rows = await harness.settled();
    expect(rows[0]).toMatchObject({
      status: 'undeliverable',
      error: 'Slack did not take it for a day. Slack answered with HTTP 503.',
    });
    expect(told()).toHaveLength(1);
  });

  it('by rate limits alone never ends a promise, however old', async () => {
    const { slack } = harness;
    slack.faults.next('chat.postMessage', { rateLimited: 1 }, { times: 3 });
    await harness.promise(line(1));
    await vi.waitFor(() => expect(slack.callsTo('chat.postMessage')).toHaveLength(1), PATIENCE);
    harness.clock.ahead(30 * HOUR);
    const [row] = await harness.settled();
    expect(row).toMatchObject({ status: 'delivered', attempts: 4 });
  });
});

describe('a fault of our own', () => {
  it('is logged, tried again, and ends as undeliverable: the lane goes on', async () => {
    harness.log.expectErrors(/a delivery failed for a fault of our own/);
    await harness.promise(
      { kind: 'post', to: { to: 'channel', channel: 'incidents' }, message: { type: 'incident-card', incident: 404 } },
      line(1),
    );
    const rows = await harness.settled();
    expect(rows.map(({ status }) => status)).toEqual(['undeliverable', 'delivered', 'delivered']);
    expect(rows[0]).toMatchObject({ attempts: 5, error: 'Mainstay had a fault; the log has it as D-1.' });
    expect(harness.log.errors()[0]).toMatchObject({ ref: 'D-1' });
    expect(linesIn(harness.slack)).toEqual([1]);
  });
});

describe('reactions', () => {
  it('are added and taken back once, also when that was so already or the message is gone', async () => {
    const { slack } = harness;
    const channel = slack.channels['incidents'] ?? '';
    const ts = await slack.postAs('alice', 'incidents', 'It started at noon');
    const mark = { channel, ts, name: 'pushpin' };
    await harness.promise({ kind: 'react', ...mark }, { kind: 'react', ...mark });
    await harness.settled();
    expect(slack.history('incidents').at(-1)?.reactions).toMatchObject([{ name: 'pushpin', count: 1 }]);
    await harness.promise(
      { kind: 'unreact', ...mark },
      { kind: 'unreact', ...mark },
      { kind: 'react', ...mark, ts: '1.000001' },
    );
    const rows = await harness.settled();
    expect(rows.map(({ status }) => status)).toEqual(rows.map(() => 'delivered'));
    expect(told()).toEqual([]);
  });
});

it('the token is in no log line and in no error, whatever fails', async () => {
  const { slack } = harness;
  for (const [, fault] of FAULTS) slack.faults.next('*', fault);
  await harness.promise(line(1), line(2, 'nowhere'));
  const rows = await harness.settled();
  expect(harness.log.lines.length).toBeGreaterThan(0);
  expect(JSON.stringify([harness.log.lines, rows])).not.toContain(slack.token);
});

it('two instances share the lanes and keep each in order', async () => {
  const { slack } = harness;
  await harness.instance();
  const channels = ['incidents', 'general', 'team-payments'];
  for (let n = 1; n <= 10; n++) await harness.promise(...channels.map((channel) => line(n, channel)));
  await harness.settled();
  for (const channel of channels) expect(linesIn(slack, channel)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});
