import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, expect, it } from 'vitest';
import type { HealthSource } from '../../../src/adapters/http/health.ts';
import { createHttpServer, type HttpServerOptions, listen } from '../../../src/adapters/http/server.ts';
import { testLogger } from '../../support/logger.ts';

const NOON = new Date('2026-03-02T12:00:00Z');

const healthy: HealthSource = {
  version: '1.2.3',
  now: () => NOON,
  slack: () => ({ mode: 'socket', state: 'connected', lastEventAt: new Date('2026-03-02T11:59:18Z') }),
  database: async () => {},
  ready: async () => [{ name: 'queue', ok: true, detail: 'running' }],
};

let server: FastifyInstance | undefined;
afterEach(() => server?.close());

async function started(options: Partial<HttpServerOptions> = {}): Promise<string> {
  server = await createHttpServer({
    slack: null,
    health: healthy,
    metrics: { contentType: 'text/plain', render: async () => 'up 1\n' },
    log: testLogger().logger,
    ...options,
  });
  return `http://127.0.0.1:${await listen(server, { host: '127.0.0.1', port: 0 })}`;
}

it('hands only POST /slack/events to Slack’s receiver, whatever else is asked', async () => {
  const seen: (string | undefined)[] = [];
  const url = await started({
    slack: (request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.end('taken');
    },
  });
  const post = { method: 'POST', body: '{}' };
  expect(await (await fetch(`${url}/slack/events`, post)).text()).toBe('taken');
  expect(await (await fetch(`${url}/slack/events?again=1`, post)).text()).toBe('taken');
  expect((await fetch(`${url}/slack/events`)).status).toBe(405);
  expect((await fetch(`${url}/slack/events`, { method: 'DELETE' })).status).toBe(405);
  expect((await fetch(`${url}/slack/events/`, post)).status).toBe(404);
  expect((await fetch(`${url}/slack/eventsandmore`, post)).status).toBe(404);
  expect(seen).toEqual(['POST /slack/events', 'POST /slack/events?again=1']);
});

it('has no way in for Slack in Socket Mode', async () => {
  const url = await started();
  expect((await fetch(`${url}/slack/events`, { method: 'POST', body: '{}' })).status).toBe(404);
});

it('survives a request target that is no path', async () => {
  const url = new URL(await started({ slack: () => {} }));
  for (const target of ['http://[', '*', '//']) {
    const answer = await raw(Number(url.port), `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 40\d /);
  }
  expect((await fetch(new URL('/health', url))).status).toBe(200);
});

it('says that it lives, how Slack reaches it and when it last did', async () => {
  const response = await fetch(`${await started()}/health`);
  expect(await response.json()).toEqual({
    status: 'ok',
    version: '1.2.3',
    slack: { mode: 'socket', state: 'connected', lastEventAgeSeconds: 42 },
  });
});

it('is not ready when it cannot tell in time, as with a database that hangs', async () => {
  const url = await started({ health: { ...healthy, ready: () => new Promise(() => {}) } });
  const answer = await fetch(`${url}/health/ready`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ checks: [{ ok: false, detail: 'no answer within 2000 ms' }] });
});

it('stays alive but not ready while the database does not answer', async () => {
  const url = await started({
    health: {
      ...healthy,
      database: () => Promise.reject(new Error('connect ECONNREFUSED db.internal:5432')),
      ready: async () => [{ name: 'database', ok: false, detail: 'does not answer' }],
    },
  });
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect((await fetch(`${url}/health/ready`)).status).toBe(503);
  const response = await fetch(`${url}/health/db`);
  expect(response.status).toBe(503);
  expect(await response.text()).not.toContain('db.internal');
});

it('answers an unknown address with 404 and a wrong method with 405 and what is allowed', async () => {
  const url = await started({
    routes: [(own) => void own.post('/hooks/:source', async () => 'stored')],
  });
  const nowhere = await fetch(`${url}/nowhere`);
  expect(nowhere.status).toBe(404);
  expect(await nowhere.json()).toEqual({ error: 'not_found', message: 'There is nothing at this address.' });
  const wrong = await fetch(`${url}/hooks/grafana?x=1`);
  expect(wrong.status).toBe(405);
  expect(wrong.headers.get('allow')).toBe('POST');
  expect((await fetch(`${url}/health`, { method: 'POST' })).headers.get('allow')).toBe('GET, HEAD');
});

it('answers a fault with a reference that the log has, and nothing of the fault', async () => {
  const { logger, log } = testLogger();
  log.expectErrors(/http request failed/);
  const url = await started({
    log: logger,
    routes: [
      (own) =>
        void own.get('/broken', async () => {
          throw new Error('password is hunter2');
        }),
    ],
  });
  const response = await fetch(`${url}/broken`);
  expect(response.status).toBe(500);
  const body = await response.text();
  expect(body).not.toContain('hunter2');
  const { reference } = JSON.parse(body) as { reference: string };
  expect(log.errors()).toMatchObject([{ ref: reference, route: '/broken' }]);
});

it('refuses a body past a megabyte and one that is no JSON, with the reason', async () => {
  const url = await started({ routes: [(own) => void own.post('/hooks/alert', async () => 'stored')] });
  const send = (body: string) =>
    fetch(`${url}/hooks/alert`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  expect((await send(JSON.stringify('x'.repeat(1024 * 1024)))).status).toBe(413);
  expect((await send('{"a":')).status).toBe(400);
  expect((await send('{"a":1}')).status).toBe(200);
});

it('sends the headers that keep a browser from guessing and framing, on errors too', async () => {
  const url = await started();
  for (const path of ['/health', '/nowhere']) {
    const { headers } = await fetch(`${url}${path}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  }
});

it('says which address is taken', async () => {
  const taken = new URL(await started());
  const second = await createHttpServer({
    slack: null,
    health: healthy,
    metrics: { contentType: 'text/plain', render: async () => '' },
    log: testLogger().logger,
  });
  const port = Number(taken.port);
  await expect(listen(second, { host: '127.0.0.1', port })).rejects.toThrow(
    `Cannot listen on 127.0.0.1:${port}: another program is listening there.`,
  );
  await second.close();
});

function raw(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    connect(port, '127.0.0.1', function (this: import('node:net').Socket) {
      this.end(request);
    })
      .on('data', (chunk) => {
        answer += chunk;
      })
      .on('end', () => resolve(answer))
      .on('error', reject);
  });
}
