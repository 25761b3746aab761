import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveryClient } from '../../../src/adapters/slack/delivery-client.ts';
import { slackDirectory } from '../../../src/adapters/slack/directory.ts';
import { slackUserGroups } from '../../../src/adapters/slack/user-groups.ts';
import type { Directory } from '../../../src/usecases/ports.ts';
import { startSlack, type TestSlack } from '../../support/emulate.ts';
import { testLogger } from '../../support/logger.ts';
import { TINY_MANIFEST } from '../../support/tiny-app.ts';

const MINUTE = 60_000;

let slack: TestSlack;
let now = Date.parse('2026-11-21T14:00:00.000Z');
let directory: Directory;

function newDirectory(): Directory {
  const { logger: log } = testLogger();
  const clock = { now: () => new Date(now) };
  const client = deliveryClient({ botToken: slack.token, apiUrl: slack.apiUrl, log, timeout: 300 });
  return slackDirectory(client, slackUserGroups(client, clock), clock);
}

beforeAll(async () => {
  slack = await startSlack({ manifest: TINY_MANIFEST, userGroups: { oncall: ['alice'], platform: ['alice', 'bob'] } });
  directory = newDirectory();
});
afterAll(() => slack.stop());

describe('a person', () => {
  it('has a name and a zone', async () => {
    expect(await directory.zoneOf(slack.users.bob)).toBe('America/New_York');
    expect(await directory.nameOf(slack.users.bob)).toContain('Bob');
  });

  it('is asked for once in ten minutes', async () => {
    await directory.zoneOf(slack.users.charlie);
    const before = slack.callsTo('users.info').length;
    await Promise.all([directory.zoneOf(slack.users.charlie), directory.nameOf(slack.users.charlie)]);
    expect(slack.callsTo('users.info')).toHaveLength(before);
    now += 11 * MINUTE;
    await directory.zoneOf(slack.users.charlie);
    expect(slack.callsTo('users.info')).toHaveLength(before + 1);
  });

  it('is known as before while Slack does not answer', async () => {
    await directory.zoneOf(slack.users.bob);
    now += 11 * MINUTE;
    slack.faults.next('users.info', { status: 503 });
    expect(await directory.zoneOf(slack.users.bob)).toBe('America/New_York');
  });

  it('whom Slack does not know has neither', async () => {
    expect(await directory.zoneOf('U0NOBODY')).toBeNull();
    expect(await directory.nameOf('U0NOBODY')).toBeNull();
  });

  it('is in groups', async () => {
    expect(await directory.groupsOf(slack.users.alice)).toEqual(['S0ONCALL', 'S0PLATFORM']);
    expect(await directory.groupsOf(slack.users.charlie)).toEqual([]);
  });

  it('is in none where the plan has none', async () => {
    slack.faults.next('usergroups.list', { error: 'plan_upgrade_required' });
    expect(await newDirectory().groupsOf(slack.users.alice)).toEqual([]);
  });
});

describe('a message', () => {
  it('is found by its exact timestamp, with author and link', async () => {
    const ts = await slack.postAs('alice', 'ops', 'The disk is full');
    await slack.postAs('bob', 'ops', 'I see');
    expect(await directory.message('C0OPS', ts)).toEqual({
      author: slack.users.alice,
      text: 'The disk is full',
      permalink: expect.stringContaining(ts.replace('.', '')),
    });
  });

  it('is found when it is a reply in a thread', async () => {
    const parent = await slack.postAs('alice', 'ops', 'Who is on call?');
    await slack.postAs('bob', 'ops', 'Not me', parent);
    const reply = await slack.postAs('charlie', 'ops', 'I am', parent);
    expect(await directory.message('C0OPS', reply)).toMatchObject({ author: slack.users.charlie, text: 'I am' });
  });

  it('that is near in time is not the one meant', async () => {
    const ts = await slack.postAs('alice', 'ops', 'Close');
    const [seconds, part] = ts.split('.');
    const near = `${seconds}.${String(Number(part) + 1).padStart(6, '0')}`;
    expect(await directory.message('C0OPS', near)).toBeNull();
  });

  it('of an app has no author', async () => {
    // `emulate` leaves out by which app a message is.
    const message = { ts: '1763733600.000100', user: 'U0MAINSTAY', bot_id: 'B0MAINSTAY', text: 'From the bot' };
    const fetch = async () => Response.json({ ok: true, messages: [message], permalink: 'https://acme.slack.com/p1' });
    const client = new WebClient('xoxb-1', { fetch, retryConfig: { retries: 0 } });
    const clock = { now: () => new Date(now) };
    const asking = slackDirectory(client, slackUserGroups(client, clock), clock);
    expect(await asking.message('C0OPS', message.ts)).toMatchObject({ author: null, text: 'From the bot' });
  });

  it('in a channel the bot cannot see is none', async () => {
    const { channel } = (await slack.callAs('alice', 'conversations.create', {
      name: 'secret',
      is_private: true,
    })) as unknown as {
      channel: { id: string };
    };
    const ts = await slack.postAs('alice', 'secret', 'Hidden');
    expect(await directory.message(channel.id, ts)).toBeNull();
  });

  it('that Slack does not tell is not taken for none', async () => {
    const ts = await slack.postAs('alice', 'ops', 'Slow');
    slack.faults.next('conversations.history', { rateLimited: 5 });
    await expect(newDirectory().message('C0OPS', ts)).rejects.toMatchObject({
      name: 'SlackUnanswered',
      reason: 'Slack asked to wait 5 s.',
    });
  });
});
