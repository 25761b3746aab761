import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { callHeartbeat } from '../../../src/adapters/heartbeat/send.ts';

const SECRET = '/ping/0f6a1c-secret';
const never = new AbortController().signal;

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Listens for heartbeats like this, and notes them. */
async function listener(answer: RequestListener): Promise<{ url: string; heard: string[] }> {
  const heard: string[] = [];
  server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${SECRET}`, heard };
}

it('is heard by whoever answers', async () => {
  const { url, heard } = await listener((_request, response) => response.end('OK'));
  expect(await callHeartbeat(url, never)).toEqual({ kind: 'heard' });
  expect(heard).toEqual([`POST ${SECRET}`]);
});

it.each<[what: string, answer: RequestListener, reason: string]>([
  ['fails', (_request, response) => response.writeHead(500).end(), 'It answered 500.'],
  ['knows no such check', (_request, response) => response.writeHead(404).end(), 'It answered 404.'],
  ['sends us elsewhere', (_, response) => response.writeHead(302, { location: '/' }).end(), 'It answered 302.'],
  ['says nothing', () => {}, 'It did not answer in time.'],
  ['hangs up', (request) => request.socket.destroy(), 'It could not be reached (UND_ERR_SOCKET).'],
])('is not heard by one that %s', async (_what, answer, reason) => {
  const { url, heard } = await listener(answer);
  expect(await callHeartbeat(url, never, 300)).toEqual({ kind: 'unheard', reason });
  expect(heard).toHaveLength(1);
});

it('is not heard where nobody listens, and the reason does not hold the address', async () => {
  const { url } = await listener(() => {});
  await new Promise((resolve) => server?.close(resolve));
  expect(await callHeartbeat(url, never)).toEqual({
    kind: 'unheard',
    reason: 'It could not be reached (ECONNREFUSED).',
  });
});

it('ends at once when the process ends', async () => {
  const { url, heard } = await listener(() => {});
  const ending = new AbortController();
  const sent = callHeartbeat(url, ending.signal);
  await expect.poll(() => heard.length).toBe(1);
  ending.abort();
  expect(await sent).toEqual({ kind: 'unheard', reason: 'It could not be reached.' });
});
