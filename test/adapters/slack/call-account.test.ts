import { expect, it } from 'vitest';
import { impatientClient } from '../../../src/adapters/slack/web-client.ts';
import { testLogger } from '../../support/logger.ts';

/** A client whose calls are all answered like this, and what is written down about them. */
function accounted(answer: () => Response) {
  const calls: string[] = [];
  const ahead: number[] = [];
  const client = impatientClient('xoxb-test', {
    apiUrl: 'http://slack.test/api/',
    log: testLogger().logger,
    fetch: async () => answer(),
    account: {
      called: (method, outcome, seconds) => {
        expect(seconds).toBeGreaterThanOrEqual(0);
        calls.push(`${method} ${outcome}`);
      },
      clockRead: (ms) => void ahead.push(ms),
    },
  });
  return { client, calls, ahead };
}

const json = (body: object, headers: Record<string, string> = {}, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

it.each<[what: string, answer: () => Response, outcome: string]>([
  ['an answer', () => json({ ok: true }), 'done'],
  ['a refusal', () => json({ ok: false, error: 'channel_not_found' }), 'refused'],
  ['a rate limit', () => json({ ok: false, error: 'ratelimited' }, { 'retry-after': '30' }, 429), 'rate-limited'],
  ['a fault of Slack', () => json({}, {}, 503), 'transient'],
])('counts %s as what it is', async (_what, answer, outcome) => {
  const { client, calls } = accounted(answer);
  await client.conversations.info({ channel: 'C1' }).catch(() => {});
  await client.apiCall('auth.test').catch(() => {});
  expect(calls).toEqual([`conversations.info ${outcome}`, `auth.test ${outcome}`]);
});

it('reads the clock of Slack off each answer that shows it', async () => {
  const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
  const { client, ahead } = accounted(() => json({ ok: true }, { date: inAnHour }));
  await client.auth.test();
  expect(ahead).toEqual([expect.closeTo(3_600_000, -4)]);
  const silent = accounted(() => json({ ok: true }));
  await silent.client.auth.test();
  expect(silent.ahead).toEqual([]);
});
