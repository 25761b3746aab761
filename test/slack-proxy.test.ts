/** The tests' Slack as the app meets it: its answers, its faults on purpose, and the account it keeps of every call. */
import { LogLevel, WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSlack, type TestSlack } from './support/emulate.ts';
import { TINY_MANIFEST } from './support/tiny-app.ts';
import { takeViolations } from './support/violations.ts';

const text = 'x';
const channel = 'C0OPS';
let slack: TestSlack;
let client: WebClient;

beforeAll(async () => {
  slack = await startSlack({ manifest: TINY_MANIFEST, userGroups: { oncall: ['alice'] } });
  const settings = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, timeout: 500, logLevel: LogLevel.ERROR };
  client = new WebClient(slack.token, { ...settings, rejectRateLimitedCalls: true });
});

afterAll(() => slack.stop());

describe('the Web API', () => {
  test('each kind of planned fault is met once, and recorded', async () => {
    const before = slack.history('ops').length;
    const post = () => client.chat.postMessage({ channel, text });
    slack.faults.next('chat.postMessage', { error: 'is_archived' });
    await expect(post()).rejects.toThrow('is_archived');
    slack.faults.next('chat.postMessage', { status: 503 });
    await expect(post()).rejects.toThrow('503');
    slack.faults.next('*', { reset: true });
    await expect(post()).rejects.toThrow();
    slack.faults.next('chat.postMessage', { hang: true }, { where: (args) => args['channel'] === channel });
    await expect(post()).rejects.toThrow();

    expect(slack.history('ops')).toHaveLength(before);
    expect(
      slack
        .callsTo('chat.postMessage')
        .slice(-4)
        .map((call) => call.delivered),
    ).toEqual([false, false, false, false]);
    await post();
    expect(slack.history('ops')).toHaveLength(before + 1);
  });

  test('a rate limit says how long to wait', async () => {
    slack.faults.next('chat.postMessage', { rateLimited: 7 });

    await expect(client.chat.postMessage({ channel, text })).rejects.toMatchObject({ retryAfter: 7 });
  });

  test('an answer can be lost after the call took effect', async () => {
    const before = slack.history('ops').length;
    for (const fault of [{ reset: true }, { hang: true }, { status: 500 }] as const) {
      slack.faults.next('chat.postMessage', { ...fault, delivered: true });
      await expect(client.chat.postMessage({ channel, text })).rejects.toThrow();
    }

    expect(slack.callsTo('chat.postMessage').slice(-3)).toMatchObject(Array(3).fill({ delivered: true }));
    expect(slack.history('ops')).toHaveLength(before + 3);
  });

  test('Slack goes down and comes back', async () => {
    slack.faults.outage({ status: 503 });
    await expect(client.auth.test()).rejects.toThrow('503');
    await expect(client.users.list({})).rejects.toThrow('503');
    slack.faults.recover();

    expect((await client.auth.test()).ok).toBe(true);
  });

  test('metadata is shown only to who asks for it', async () => {
    const metadata = { event_type: 'card', event_payload: { n: 1 } };
    await client.chat.postMessage({ channel, text, metadata });
    const plainly = await client.conversations.history({ channel, limit: 1 });
    const whole = await client.conversations.history({ channel, limit: 1, include_all_metadata: true });

    expect(plainly.messages?.[0]).not.toHaveProperty('metadata');
    expect(whole.messages?.[0]?.metadata).toEqual(metadata);
  });

  test('people have zones, groups have members, and the token says its scopes', async () => {
    const bob = await client.users.info({ user: slack.users.bob });
    const { usergroups } = await client.usergroups.list({ include_users: true });
    const mine = await client.users.conversations({ types: 'public_channel,private_channel' });
    const { response_metadata } = await client.auth.test();

    expect(bob.user?.tz).toBe('America/New_York');
    expect(usergroups).toMatchObject([{ handle: 'oncall', users: [slack.users.alice] }]);
    expect(mine.channels?.map(({ name }) => name)).toContain('managers');
    expect(response_metadata?.scopes).toEqual(TINY_MANIFEST.scopes);
  });

  test('Slack refuses what its emulator would take', async () => {
    const elsewhere = 'C0PAYMENTS';
    const posted = await client.chat.postMessage({ channel: elsewhere, text });
    await slack.callAs('charlie', 'conversations.kick', { channel: elsewhere, user: slack.users.bot });
    await slack.callAs('charlie', 'conversations.kick', { channel: 'C0MANAGERS', user: slack.users.bot });

    await expect(client.chat.postMessage({ channel: elsewhere, text })).rejects.toThrow('not_in_channel');
    await expect(client.conversations.history({ channel: elsewhere })).rejects.toThrow('not_in_channel');
    await expect(client.conversations.info({ channel: 'C0MANAGERS' })).rejects.toThrow('channel_not_found');
    await slack.callAs('charlie', 'conversations.archive', { channel: elsewhere });
    await expect(client.chat.update({ channel: elsewhere, ts: posted.ts ?? '', text })).rejects.toThrow('is_inactive');
    const stranger = new WebClient('xoxb-unknown', { slackApiUrl: slack.apiUrl });
    await expect(stranger.auth.test()).rejects.toThrow('invalid_auth');
  });
});

describe('what Slack would not accept fails the test, whoever made it', () => {
  test.each<[string, () => Promise<unknown>, string]>([
    [
      'a header too long',
      () =>
        client.chat.postMessage({
          channel: 'C0OPS',
          text: 'x',
          blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }],
        }),
      'chat.postMessage /blocks/0/text: at most 150 characters',
    ],
    [
      'an argument unknown',
      () => client.apiCall('chat.postMessage', { channel: 'C0OPS', text: 'x', client_msg_id: '1' }),
      '"client_msg_id" is not an argument',
    ],
    [
      'a scope not granted',
      () => client.bookmarks.list({ channel_id: 'C0OPS' }).catch(() => undefined),
      'needs one of the scopes bookmarks:read',
    ],
    ['a method unknown', () => client.apiCall('chat.shout').catch(() => undefined), 'chat.shout: no such method'],
    [
      'an empty view',
      () =>
        client.apiCall('views.publish', { user_id: 'U0BOB', view: { type: 'home', blocks: [{ type: 'section' }] } }),
      'a section needs text or fields',
    ],
  ])('%s', async (_, act, violation) => {
    await act();

    expect(takeViolations()).toEqual([expect.stringContaining(violation)]);
  });

  test('a fault that was planned and never met', async () => {
    const other = await startSlack({ manifest: TINY_MANIFEST });
    other.faults.next('chat.update', { status: 500 });

    await expect(other.stop()).rejects.toThrow('1 of chat.update were to meet {"status":500} and no call did');
  });
});
