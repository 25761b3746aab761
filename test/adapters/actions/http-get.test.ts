import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { httpGet } from '../../../src/adapters/actions/http-get.ts';
import type { ActionInput } from '../../../src/domain/spec/action.ts';
import { Secret } from '../../../src/domain/spec/secret.ts';
import type { ActionContext, ConnectedTarget } from '../../../src/usecases/action-port.ts';

let server: Server;
let answer: RequestListener;
let asked: { url: string; authorization: string | undefined }[];
let target: ConnectedTarget;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', authorization: request.headers.authorization });
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  target = { key: 'api', kind: 'http', title: 'SSOT API', url: address() };
});

afterEach(() => {
  server.closeAllConnections();
  return new Promise((closed) => server.close(closed));
});

const address = (user = '') => `http://${user}127.0.0.1:${(server.address() as AddressInfo).port}`;

const INPUT: ActionInput<'http.get'> = { action: 'http.get', target: 'api', path: '/health', status: 200, timeout: 1 };

function get(input: Partial<ActionInput<'http.get'>> = {}, more: Partial<Omit<ActionContext, 'now'>> = {}) {
  const { signal = new AbortController().signal, mode = 'run' } = more;
  return httpGet({ ...INPUT, ...input }, target, { signal, mode, now: new Date('2026-03-02T08:00:00Z') });
}

it('succeeds with the right status and words, and shows the answer', async () => {
  answer = (_, response) => response.end('all is well');
  expect(await get({ contains: 'well' })).toEqual({
    outcome: 'succeeded',
    summary: expect.stringMatching(/^GET \/health on SSOT API answered 200 in \d+ ms$/),
    output: expect.stringMatching(/^HTTP 200 in \d+ ms\n\nall is well$/),
  });
  expect(asked).toEqual([{ url: '/health', authorization: undefined }]);
});

it('fails with another status, and without the words it must hold', async () => {
  answer = (_, response) => response.writeHead(503).end('database is down');
  expect(await get()).toMatchObject({
    outcome: 'failed',
    summary: 'GET /health on SSOT API answered 503, not 200',
    output: expect.stringContaining('database is down'),
  });
  expect(await get({ status: 503, contains: 'fine' })).toMatchObject({
    outcome: 'failed',
    summary: 'GET /health on SSOT API answered 503 without "fine"',
  });
});

it('does not follow a redirection, and can be told that one is right', async () => {
  answer = (_, response) => response.writeHead(302, { location: 'http://elsewhere.example/' }).end();
  expect(await get()).toMatchObject({
    outcome: 'failed',
    summary: 'GET /health on SSOT API answered 302, not 200',
    output: expect.stringContaining('http://elsewhere.example/, which is not followed'),
  });
  expect(await get({ status: 302 })).toMatchObject({ outcome: 'succeeded' });
});

it('fails when nothing answers, and says why', async () => {
  const url = address();
  await new Promise((closed) => server.close(closed));
  target = { ...target, url };
  expect(await get()).toMatchObject({ outcome: 'failed', summary: expect.stringContaining('ECONNREFUSED') });
});

it('stops when it is told to, with or without a beginning of an answer', async () => {
  const stop = new AbortController();
  answer = (_, response) => {
    response.write('slowly');
    response.flushHeaders();
    stop.abort(new Error('the time is up'));
  };
  expect(await get({}, { signal: stop.signal })).toMatchObject({
    outcome: 'failed',
    summary: 'GET /health on SSOT API did not answer: the time is up',
  });
});

it('reads the beginning of an answer that has no end', async () => {
  const piece = 'x'.repeat(64 * 1024);
  answer = (_, response) => {
    const more = () => {
      while (response.write(piece));
      response.once('drain', more);
    };
    more();
  };
  const { outcome, output } = await get();
  expect(outcome).toBe('succeeded');
  expect(output.length).toBeLessThan(1024 * 1024 + 100);
});

it('sends the name and password of an address as a header and shows neither', async () => {
  answer = (_, response) => response.end('well');
  target = { ...target, url: new Secret('API_URL', address('ops:s3cret@')) };
  const outcome = await get();
  expect(outcome).toMatchObject({ outcome: 'succeeded' });
  expect(asked[0]?.authorization).toBe(`Basic ${Buffer.from('ops:s3cret').toString('base64')}`);
  expect(JSON.stringify(outcome)).not.toContain('s3cret');
});

it('asks nothing in a preview', async () => {
  expect(await get({ contains: 'well' }, { mode: 'preview' })).toMatchObject({
    outcome: 'succeeded',
    summary: 'GET /health on SSOT API must answer 200 and hold "well"',
  });
  expect(asked).toEqual([]);
});
