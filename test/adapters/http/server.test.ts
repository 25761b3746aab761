import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { createHttpServer, type HttpServerOptions, listen } from '../../../src/adapters/http/server.ts';
import { testLogger } from '../../support/logger.ts';
import { database, healthOf, uncounted, well } from '../../support/own-facts.ts';

const healthy = healthOf(well);

let server: FastifyInstance | undefined;
afterEach(() => server?.close());

async function started(options: Partial<HttpServerOptions> = {}): Promise<string> {
  server = await createHttpServer({
    slack: null,
    health: healthy,
    metrics: uncounted,
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

it('says how it is part by part, with figures and reasons, and nothing private', async () => {
  const facts = {
    ...well,
    database: { ...database, jobs: [{ queue: 'slack', count: 2, underWay: 0, oldestMs: 1_500 }] },
  };
  const response = await fetch(`${await started({ health: healthOf(facts) })}/health`);
  expect(await response.json()).toEqual({
    status: 'ok',
    version: '1.2.3',
    instances: { alive: 1, behind: 0 },
    database: { status: 'ok', reason: 'answers', detail: 'Answers in 3 ms.', answerMs: 3 },
    slack: {
      status: 'ok',
      reason: 'connected',
      detail: 'Something last came in 42 s ago.',
      mode: 'socket',
      state: 'connected',
      lastEventAgeSeconds: 42,
    },
    queue: {
      status: 'ok',
      reason: 'moving',
      detail: '0 to say, 0 undeliverable, 2 jobs due; the oldest waits 1 s.',
      pendingDeliveries: 0,
      oldestDeliverySeconds: null,
      undeliverable: 0,
      dueJobs: [{ queue: 'slack', count: 2, oldestSeconds: 1 }],
    },
    work: {
      status: 'ok',
      reason: 'keeps-time',
      detail: 'Last looked at what is due 20 s ago.',
      lastTickAgeSeconds: 20,
    },
    clock: {
      status: 'ok',
      reason: 'right',
      detail: '0.3 s behind Slack.',
      databaseAheadMs: -12,
      slackAheadMs: 300,
    },
    disk: {
      status: 'ok',
      reason: 'room',
      detail: '40.0 GiB free at MAINSTAY_HOME.',
      home: { freeBytes: 40 * 1024 ** 3, totalBytes: 100 * 1024 ** 3 },
    },
    spec: { status: 'ok', reason: 'in-force', detail: '1 instance is alive.', name: 'Northwind', hash: 'a3f5c2e9d8b7' },
  });
});

it('lives while others fail, so that nobody restarts it for that; only its own work standing still asks for a restart', async () => {
  const answers = async (facts: typeof well) => {
    await server?.close();
    const response = await fetch(`${await started({ health: healthOf(facts) })}/health`);
    return [response.status, ((await response.json()) as { status: string }).status];
  };
  expect(await answers({ ...well, database: null })).toEqual([200, 'failing']);
  expect(await answers({ ...well, slackAheadMs: 9_000 })).toEqual([200, 'degraded']);
  expect(await answers({ ...well, sinceTickMs: 600_000 })).toEqual([503, 'failing']);
  expect(await answers({ ...well, sinceTickMs: 600_000, database: null })).toEqual([200, 'failing']);
});

it('gives its figures to whoever presents the token, where there is one', async () => {
  expect(await (await fetch(`${await started()}/metrics`)).text()).toBe('up 1\n');
  await server?.close();
  const url = await started({ metrics: { ...uncounted, token: 'prometheus-may-read-0123' } });
  const read = async (authorization?: string) =>
    (await fetch(`${url}/metrics`, authorization === undefined ? {} : { headers: { authorization } })).status;
  expect(await read()).toBe(401);
  expect(await read('Bearer prometheus-may-read-0124')).toBe(401);
  expect(await read('Basic cHJvbWV0aGV1cy1tYXktcmVhZC0wMTIz')).toBe(401);
  expect(await read('Bearer prometheus-may-read-0123')).toBe(200);
});

it('counts requests under the pattern of their route, however many addresses are tried', async () => {
  const seen: unknown[] = [];
  const url = await started({
    metrics: { ...uncounted, answered: (route, method, status) => void seen.push([route, method, status]) },
    routes: [(own) => void own.get('/beat/:token', async () => 'heard')],
  });
  for (const path of ['/beat/secret', '/wp-admin', '/beat/other']) await fetch(`${url}${path}`);
  await fetch(`${url}/health`, { method: 'DELETE' });
  expect(seen).toEqual([
    ['/beat/:token', 'GET', 200],
    ['none', 'GET', 404],
    ['/beat/:token', 'GET', 200],
    ['none', 'other', 405],
  ]);
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
    metrics: uncounted,
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
