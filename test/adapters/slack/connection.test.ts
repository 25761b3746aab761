import type { ExtendedErrorHandlerArgs } from '@slack/bolt/dist/App.js';
import type { FetchFunction } from '@slack/web-api';
import type { FastifyInstance } from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { encodeEvent, signRequest } from '../../../demo/slack/sign.ts';
import { createHttpServer, listen } from '../../../src/adapters/http/server.ts';
import { connectSlack, type SlackConnection, type SlackOptions } from '../../../src/adapters/slack/connection.ts';
import { testLogger } from '../../support/logger.ts';
import { healthOf, uncounted, well } from '../../support/own-facts.ts';

const SECRET = 'a signing secret';
const NOON = new Date('2026-03-02T12:00:00Z');
const BOT = { ok: true, url: 'https://acme.slack.com/', user_id: 'U0BOT', bot_id: 'B0BOT', team_id: 'T0ACME' };

/** Slack as one answer to every call. */
function slackSaying(body: object, headers: Record<string, string> = {}): FetchFunction {
  return async () =>
    new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json', ...headers } });
}

function connect(options: Partial<SlackOptions>): Promise<SlackConnection> {
  return connectSlack({
    botToken: 'xoxb-secret-token',
    apiUrl: 'https://slack.test/api/',
    wayIn: { kind: 'http', signingSecret: SECRET },
    scopes: ['commands', 'chat:write', 'pins:write'],
    clock: { now: () => NOON },
    log: testLogger().logger,
    fetch: slackSaying(BOT, { 'x-oauth-scopes': 'commands,chat:write,pins:write' }),
    ...options,
  });
}

it('knows its bot and has a door once the token and its scopes are good', async () => {
  const slack = await connect({});
  expect(slack.bot).toEqual({ botId: 'B0BOT', userId: 'U0BOT', teamId: 'T0ACME', url: 'https://acme.slack.com/' });
  expect(slack.requestListener).toBeTypeOf('function');
  expect(slack.state()).toEqual({
    mode: 'http',
    state: 'listening',
    stateForMs: expect.any(Number),
    lastEventAt: null,
  });
});

it.each([
  [
    'a refused token',
    slackSaying({ ok: false, error: 'invalid_auth' }),
    'token',
    /^Slack refused SLACK_BOT_TOKEN \(invalid_auth\)\. Copy the "Bot User OAuth Token"/,
  ],
  [
    'a token that lacks scopes',
    slackSaying(BOT, { 'x-oauth-scopes': 'chat:write' }),
    'scopes',
    /^SLACK_BOT_TOKEN lacks the scopes commands, pins:write\. Put manifest\.yml/,
  ],
  ['a person’s token', slackSaying({ ...BOT, bot_id: undefined }), 'token', /^SLACK_BOT_TOKEN is not a bot token/],
  [
    'a Slack that cannot be reached',
    (() => Promise.reject(new TypeError('fetch failed'))) as FetchFunction,
    'unreachable',
    /^Slack could not be reached at https:\/\/slack\.test\/api\//,
  ],
])('stops the start on %s, saying what to do', async (_case, fetch, code, sentence) => {
  const { logger, log } = testLogger();
  const start = connect({ fetch, log: logger });
  await expect(start).rejects.toMatchObject({
    name: 'SlackStartError',
    code,
    message: expect.stringMatching(sentence),
  });
  expect(JSON.stringify(log.lines)).not.toContain('xoxb-secret-token');
});

it('starts, and says so in the log, when Slack does not name the scopes', async () => {
  const { logger, log } = testLogger();
  await connect({ fetch: slackSaying(BOT), log: logger });
  expect(log.lines).toMatchObject([{ msg: expect.stringContaining('scopes the token has') }]);
});

it('stops the start when the socket’s token is refused', async () => {
  const { logger, log } = testLogger();
  log.expectErrors(/Failed to retrieve a new WSS URL/);
  const fetch: FetchFunction = (url, init) =>
    slackSaying(String(url).endsWith('/auth.test') ? BOT : { ok: false, error: 'invalid_auth' }, {
      'x-oauth-scopes': 'commands,chat:write,pins:write',
    })(url, init);
  const slack = await connect({ wayIn: { kind: 'socket', appToken: 'xapp-secret' }, fetch, log: logger });
  expect(slack.requestListener).toBeNull();
  await expect(slack.start()).rejects.toMatchObject({
    name: 'SlackStartError',
    code: 'socket',
    message: expect.stringContaining('SLACK_APP_TOKEN must be an app-level token'),
  });
  expect(JSON.stringify(log.lines)).not.toContain('xapp-secret');
});

let server: FastifyInstance | undefined;
afterEach(() => server?.close());

async function delivering(slack: SlackConnection): Promise<(event: object) => Promise<Response>> {
  server = await createHttpServer({
    slack: slack.requestListener,
    health: healthOf(well),
    metrics: uncounted,
    log: testLogger().logger,
  });
  const port = await listen(server, { host: '127.0.0.1', port: 0 });
  return (event) => {
    const envelope = { type: 'event_callback', team_id: 'T0ACME', event_id: 'Ev1', event };
    const timestamp = Math.floor(Date.now() / 1000);
    const { body, headers } = signRequest(encodeEvent(envelope), { secret: SECRET, timestamp });
    return fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', body, headers });
  };
}

it('answers an event only when it was worked on, and remembers when the last one came', async () => {
  const slack = await connect({});
  let finish = () => {};
  const worked = new Promise<void>((resolve) => {
    finish = resolve;
  });
  slack.app.event(/.*/, async () => {
    await worked;
  });
  const deliver = await delivering(slack);
  let answered = false;
  const answer = deliver({ type: 'reaction_added', user: 'U1' }).then((response) => {
    answered = true;
    return response.status;
  });
  await expect.poll(() => slack.state().lastEventAt).toEqual(NOON);
  expect(answered).toBe(false);
  finish();
  expect(await answer).toBe(200);
});

it('answers 503 when an event could not be worked on, so that Slack delivers it again', async () => {
  const slack = await connect({});
  slack.app.error(async (args: ExtendedErrorHandlerArgs) => Promise.reject(args.error));
  slack.app.event(/.*/, async () => {
    throw new Error('the database is away');
  });
  const deliver = await delivering(slack);
  expect((await deliver({ type: 'reaction_added', user: 'U1' })).status).toBe(503);
});

it('refuses what Slack did not sign', async () => {
  const slack = await connect({});
  const deliver = await delivering(slack);
  await deliver({ type: 'reaction_added' });
  const address = server?.addresses()[0];
  const port = typeof address === 'object' ? address.port : 0;
  const { body, headers } = signRequest(encodeEvent({}), {
    secret: 'another',
    timestamp: Math.floor(Date.now() / 1000),
  });
  const refused = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', body, headers });
  expect(refused.status).toBe(401);
});
