import type { FetchFunction } from '@slack/web-api';
import { afterEach, expect, it } from 'vitest';
import { eventEnvelope, slashCommand } from '../../../demo/slack/payloads.ts';
import { BOT, INSTALLATION } from '../../../demo/slack/workspace.ts';
import { connectSlack, type SlackConnection } from '../../../src/adapters/slack/connection.ts';
import { testLogger } from '../../support/logger.ts';
import { type SocketModeServer, startSocketMode } from '../../support/socket-mode.ts';

let server: SocketModeServer | undefined;
let slack: SlackConnection | undefined;
afterEach(async () => {
  await slack?.stop();
  await server?.stop();
});

async function connected() {
  const { logger, log } = testLogger();
  const socket = await startSocketMode();
  server = socket;
  const fetch: FetchFunction = async (url) => {
    const body = String(url).endsWith('/apps.connections.open')
      ? { ok: true, url: socket.url }
      : { ok: true, user_id: BOT.userId, bot_id: BOT.botId, team_id: INSTALLATION.teamId };
    return new Response(JSON.stringify(body), {
      headers: { 'content-type': 'application/json', 'x-oauth-scopes': '' },
    });
  };
  slack = await connectSlack({
    botToken: 'xoxb-test',
    apiUrl: 'https://slack.test/api/',
    wayIn: { kind: 'socket', appToken: 'xapp-test' },
    scopes: [],
    clock: { now: () => new Date('2026-03-02T12:00:00Z') },
    log: logger,
    fetch,
  });
  slack.app.command(/.*/, async ({ ack, command }) => ack({ text: `You typed ${command.text}.` }));
  slack.app.event(/.*/, async ({ event }) => {
    if (event.type === 'channel_rename') throw new Error('the database is away');
  });
  slack.app.error(async ({ message }) => Promise.reject(new Error(message)));
  await slack.start();
  return { server: socket, slack, log };
}

const typed = slashCommand(INSTALLATION, {
  person: { id: 'U0ALICE', name: 'alice' },
  channel: { id: 'C0GENERAL', name: 'general' },
  command: '/incident',
  text: 'help',
  triggerId: 'T.1',
  responseUrl: 'https://hooks.slack.test/1',
});

it('answers a command over the socket, with no way in over HTTP', async () => {
  const { server, slack } = await connected();
  expect(slack.requestListener).toBeNull();
  expect(slack.state()).toMatchObject({ mode: 'socket', state: 'connected' });
  expect(await server.deliver('slash_commands', typed)).toEqual({ text: 'You typed help.' });
  expect(slack.state().lastEventAt).toEqual(new Date('2026-03-02T12:00:00Z'));
});

it('acknowledges an event that was worked on, and not one that could not be', async () => {
  const { server } = await connected();
  const event = (type: string) => eventEnvelope(INSTALLATION, { event: { type }, eventId: 'Ev1', eventTime: 1 });
  let acknowledged = false;
  void server.deliver('events_api', event('channel_rename')).then(() => {
    acknowledged = true;
  });
  await server.deliver('events_api', event('reaction_added'));
  expect(acknowledged).toBe(false);
});

it('connects again after the connection was cut', async () => {
  const { server, slack, log } = await connected();
  log.expectErrors(/WebSocket error/);
  server.cut();
  await expect.poll(() => slack.state().state).toBe('connecting');
  await expect.poll(() => server.connections, { timeout: 20_000, interval: 100 }).toBe(2);
  await expect.poll(() => slack.state().state).toBe('connected');
  expect(await server.deliver('slash_commands', typed)).toEqual({ text: 'You typed help.' });
});

it('is disconnected once it is stopped', async () => {
  const { slack } = await connected();
  await slack.stop();
  expect(slack.state().state).toBe('disconnected');
});
