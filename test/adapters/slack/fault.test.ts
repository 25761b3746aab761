import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { deliveryClient, whileHeld } from '../../../src/adapters/slack/delivery-client.ts';
import { type SlackFault, slackFault } from '../../../src/adapters/slack/fault.ts';
import { testLogger } from '../../support/logger.ts';

const TOKEN = 'xoxb-canary-1234567890';
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** What a call comes to when Slack answers it so. */
async function faultWhen(answer: RequestListener): Promise<SlackFault | null> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return faultAt((server.address() as AddressInfo).port);
}

async function faultAt(port: number): Promise<SlackFault | null> {
  const { logger, log } = testLogger();
  const client = deliveryClient({
    botToken: TOKEN,
    apiUrl: `http://127.0.0.1:${port}/api/`,
    log: logger,
    timeout: 200,
  });
  const error = await client.chat.postMessage({ channel: 'C1', text: 'x' }).catch((thrown: unknown) => thrown);
  expect(JSON.stringify([log.lines, slackFault(error)])).not.toContain(TOKEN);
  return slackFault(error);
}

const json =
  (body: object): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(code, headers).end('<h1>no</h1>');

describe('an error of a call to Slack', () => {
  it.each<[string, RequestListener, Partial<SlackFault>]>([
    ['429', status(429, { 'retry-after': '17' }), { kind: 'rate-limited', seconds: 17 }],
    ['429 of something on the way', status(429), { kind: 'rate-limited', seconds: 5 }],
    ['ratelimited', json({ ok: false, error: 'ratelimited' }), { kind: 'transient', arrived: 'no' }],
    ['internal_error', json({ ok: false, error: 'internal_error' }), { kind: 'transient', arrived: 'maybe' }],
    ['500', status(500), { kind: 'transient', arrived: 'maybe', reason: 'Slack answered with HTTP 500.' }],
    ['503', status(503), { kind: 'transient', arrived: 'maybe' }],
    ['403 of a proxy', status(403), { kind: 'transient', arrived: 'no' }],
    ['413', status(413), { kind: 'refused', code: 'http_413' }],
    [
      'a page instead of JSON',
      status(200),
      { kind: 'transient', arrived: 'maybe', reason: "Slack's answer could not be read." },
    ],
    ['no answer', () => {}, { kind: 'transient', arrived: 'maybe', reason: 'Slack did not answer in time.' }],
    [
      'a connection lost before the answer',
      (request) => request.socket.destroy(),
      { kind: 'transient', arrived: 'maybe', reason: 'The connection to Slack was lost (UND_ERR_SOCKET).' },
    ],
    [
      'a connection lost in the middle of the answer',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"ok":');
        setImmediate(() => request.socket.destroy());
      },
      { kind: 'transient', arrived: 'maybe' },
    ],
    [
      'an archived channel',
      json({ ok: false, error: 'is_archived' }),
      { kind: 'refused', code: 'is_archived', reason: 'The channel is archived.' },
    ],
    [
      'a message in an archived channel',
      json({ ok: false, error: 'is_inactive' }),
      { kind: 'refused', code: 'is_inactive', reason: 'The channel is archived.' },
    ],
    [
      'a word we have no sentence for',
      json({ ok: false, error: 'new_word' }),
      { kind: 'refused', code: 'new_word', reason: 'Slack refused it (new_word).' },
    ],
  ])('%s', async (_, answer, expected) => {
    expect(await faultWhen(answer)).toMatchObject(expected);
  });

  it('a refused connection cannot have carried anything', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await faultAt(port)).toEqual({
      kind: 'transient',
      arrived: 'no',
      reason: 'Slack could not be reached (ECONNREFUSED).',
    });
  });

  it('one that is not of Slack is nothing Slack said', () => {
    expect(slackFault(new TypeError('undefined is not a function'))).toBeNull();
  });
});

describe('a job that is no longer ours', () => {
  it('ends its call to Slack and begins no other', async () => {
    const asked: string[] = [];
    const holding = new AbortController();
    const server = createServer((request) => {
      asked.push(request.url ?? '');
      holding.abort();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => {
      server.close();
      server.closeAllConnections();
    });
    const { port } = server.address() as AddressInfo;
    const { logger: log } = testLogger();
    const client = deliveryClient({ botToken: TOKEN, apiUrl: `http://127.0.0.1:${port}/api/`, log });
    await whileHeld(holding.signal, async () => {
      await expect(client.auth.test()).rejects.toThrow();
      await expect(client.auth.test()).rejects.toThrow();
    });
    expect(asked).toEqual(['/api/auth.test']);
  });
});
