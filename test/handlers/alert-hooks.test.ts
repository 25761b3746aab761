import { readFileSync } from 'node:fs';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertHooks } from '../../handlers/webhooks/alerts.ts';
import { describeErrors } from '../../src/adapters/http/errors.ts';
import type { AlertNotification } from '../../src/domain/alert/notification.ts';
import { Overloaded } from '../../src/usecases/alert-port.ts';
import { testLogger } from '../support/logger.ts';

const bearer = { authorization: 'Bearer hook-secret' };

let server: FastifyInstance;
let taken: AlertNotification[];
let fault: Error | null;
let counted: [string, number][];
beforeEach(() => {
  taken = [];
  fault = null;
  counted = [];
  server = serving('hook-secret');
});
afterEach(() => server.close());

function serving(secret: string | null): FastifyInstance {
  const own = Fastify();
  describeErrors(own, testLogger().logger, []);
  const receiveAlerts = async (notification: AlertNotification) => {
    if (fault !== null) throw fault;
    taken.push(notification);
  };
  const received = (source: string, alerts: number) => counted.push([source, alerts]);
  alertHooks({ verbs: { receiveAlerts }, secret, received })(own);
  return own;
}

const recorded = (name: string): { headers: Record<string, string>; body: { alerts: Record<string, unknown>[] } } =>
  JSON.parse(readFileSync(new URL(`../support/data/alertmanager/${name}.json`, import.meta.url), 'utf8'));
const post = (path: string, payload: object, headers: Record<string, string> = bearer) =>
  server.inject({ method: 'POST', url: `/hooks/${path}`, headers, payload });

describe('a hook', () => {
  it('answers 401 without the secret, with another one, and to everybody where none is set', async () => {
    const { body } = recorded('firing');
    const without = await post('alertmanager', body, {});
    expect(without.statusCode).toBe(401);
    expect(without.headers['www-authenticate']).toBe('Bearer');
    expect((await post('alertmanager', body, { authorization: 'Bearer hook-secreT' })).statusCode).toBe(401);
    expect((await post('alertmanager', body, { authorization: 'hook-secret' })).statusCode).toBe(401);
    await server.close();
    server = serving(null);
    expect((await post('alertmanager', body, { authorization: 'Bearer ' })).statusCode).toBe(401);
    expect((await post('alertmanager', body)).statusCode).toBe(401);
    expect(taken).toEqual([]);
  });

  it('answers 405 to GET, so that a redirect elsewhere cannot count as delivered', async () => {
    const answer = await server.inject({ method: 'GET', url: '/hooks/alertmanager', headers: bearer });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'POST']);
  });

  it('answers 400 with what is wrong, and where', async () => {
    const [first] = recorded('firing').body.alerts;
    const answer = await post('alertmanager', { ...recorded('firing').body, alerts: [{ ...first, status: 'odd' }] });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toMatch(/^alerts\.0\.status: .*firing/);
    const garbage = await server.inject({
      method: 'POST',
      url: '/hooks/alertmanager',
      headers: { ...bearer, 'content-type': 'application/json' },
      payload: '{"alerts": [',
    });
    expect(garbage.statusCode).toBe(400);
    expect((await post('alert', { title: 'Disk full', sevrity: 'high' })).json().message).toContain('sevrity');
  });

  it('sheds with 503 what cannot be stored, because Alertmanager repeats nothing soon after a 4xx', async () => {
    fault = new Overloaded();
    const answer = await post('alertmanager', recorded('firing').body);
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5']);
    expect(counted).toEqual([]);
  });

  it('takes a body of a megabyte', async () => {
    const [first] = recorded('firing').body.alerts;
    const alerts = Array.from({ length: 2_500 }, (_, n) => ({ ...first, fingerprint: `f${n}` }));
    const answer = await post('alertmanager', { ...recorded('firing').body, alerts });
    expect([answer.statusCode, taken[0]?.alerts.length]).toEqual([204, 2_500]);
    expect(counted).toEqual([['alertmanager', 2_500]]);
  });
});

describe('what Alertmanager sends', () => {
  it('is read alert by alert: a group that is firing holds resolved ones', async () => {
    expect((await post('alertmanager', recorded('one-firing-one-resolved').body)).statusCode).toBe(204);
    const [group] = taken;
    expect(group?.alerts.map(({ status, endsAt }) => [status, endsAt === null])).toEqual(
      expect.arrayContaining([
        ['firing', true],
        ['resolved', false],
      ]),
    );
  });

  it('keeps its fingerprints, beginnings, labels and the words people wrote', async () => {
    await post('alertmanager', recorded('firing').body);
    expect(taken[0]).toMatchObject({
      source: 'alertmanager',
      group: '{}:{alertname="HighLatency", service="api-ok"}',
      commonAnnotations: { summary: 'p99 above 2s on "api" <http://x|y> & é 🚨' },
      externalUrl: 'http://vm:9093',
      alerts: [{ fingerprint: '4d0613e8e78b8ae4', startsAt: '2026-11-20T12:13:35.345128104Z', endsAt: null }],
    });
  });

  it('says how many alerts it left out', async () => {
    await post('alertmanager', recorded('truncated').body);
    expect(taken[0]?.truncated).toBeGreaterThan(0);
  });
});

describe('a program of one’s own', () => {
  it('needs a title only; the same key is the same alert', async () => {
    await post('alert', { title: 'Backup job failed', service: 'checkout', severity: 'critical' });
    await post('alert', { title: 'Backup job works again', key: 'Backup job failed', status: 'resolved' });
    expect(taken[0]).toMatchObject({
      source: 'generic',
      group: 'Backup job failed',
      commonLabels: { alertname: 'Backup job failed', service: 'checkout', severity: 'critical' },
      alerts: [{ status: 'firing', startsAt: null }],
    });
    expect(taken[1]?.alerts[0]?.fingerprint).toBe(taken[0]?.alerts[0]?.fingerprint);
    expect(taken[1]?.alerts[0]?.status).toBe('resolved');
  });
});
