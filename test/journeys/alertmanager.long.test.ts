import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../demo/slack/free-port.ts';
import { type Alertmanager, startAlertmanager } from '../support/alertmanager.ts';
import { startSlack, type TestSlack } from '../support/emulate.ts';
import { NORTHWIND, shown } from '../support/journey.ts';
import { type MainstayProcess, startProcess } from '../support/mainstay-process.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';
import { asAdmin, temporaryHome } from '../support/test-server.ts';

const SECRET = 'test-hook-secret-0123456789';
const PATIENCE = { timeout: 60_000, interval: 50 };
const RULES = `
alerts:
  rules:
    - { key: checkout, match: { service: checkout, severity: critical }, severity: SEV2, declare: true }
`;

let slack: TestSlack;
let database: FreshDatabase;
let home: string;
let port: number;
let mainstay: MainstayProcess;
let alertmanager: Alertmanager;

/** The same one again after it was killed: where it listens is written in Alertmanager's own configuration. */
const start = () =>
  startProcess({
    slack,
    databaseUrl: database.url,
    home,
    specFile: join(home, 'operations.yml'),
    settings: { PORT: String(port), HOOK_SECRET: SECRET },
  });

beforeAll(async () => {
  [slack, database, home, port] = await Promise.all([startSlack(), freshDatabase(), temporaryHome(), freePort()]);
  await writeFile(join(home, 'operations.yml'), (await readFile(NORTHWIND, 'utf8')) + RULES);
  mainstay = await start();
  alertmanager = await startAlertmanager(home, { url: `http://127.0.0.1:${port}/hooks/alertmanager`, secret: SECRET });
});
afterAll(async () => {
  await alertmanager.stop();
  await mainstay.end();
  await slack.stop();
  await database.drop();
  await rm(home, { recursive: true, force: true });
});

const rows = <Row extends object>(query: string) =>
  asAdmin(database.url, async (client) => (await client.query<Row>(query)).rows);
const becomes = (query: string, what: object) =>
  vi.waitFor(async () => expect(await rows(query)).toEqual([what]), PATIENCE);
const said = (channel: string, words: string) =>
  slack.history(channel).filter((message) => shown(message).includes(words));
const quiet = () => becomes(`select count(*)::int as waiting from "Delivery" where status = 'pending'`, { waiting: 0 });

const GROUPS = `
  select count(*)::int as groups, sum((state->>'firing')::int)::int as firing, sum((state->>'resolved')::int)::int as resolved
    from "AlertGroup"`;

describe('Alertmanager', () => {
  const labels = { alertname: 'ErrorRate', service: 'checkout', severity: 'critical' };
  const annotations = { summary: 'More than 5 % of requests fail' };
  const startsAt = new Date(Date.now() - 60_000).toISOString();
  const host = (n: number) => ({ labels: { ...labels, instance: `host-${n}` }, annotations, startsAt });
  const over = (n: number) => ({ ...host(n), endsAt: new Date(Date.now() - 1_000).toISOString() });

  it('tells of a group: it is one card and one incident', async () => {
    await alertmanager.send(host(1), host(2), host(3));
    await becomes(GROUPS, { groups: 1, firing: 3, resolved: 0 });
    await quiet();
    expect(said('team-payments', 'ALERT-1')).toHaveLength(1);
    expect(await rows('select number, severity from "Incident"')).toEqual([{ number: 1, severity: 'SEV2' }]);
  });

  it('tells it again when Mainstay was killed meanwhile: nothing is lost, nothing doubled, one incident', async () => {
    await mainstay.kill();
    await alertmanager.send(host(4), host(5), over(1));
    mainstay = await start();
    await becomes(GROUPS, { groups: 1, firing: 4, resolved: 1 });
    await mainstay.kill();
    await alertmanager.send(host(6), over(2));
    mainstay = await start();
    await becomes(GROUPS, { groups: 1, firing: 4, resolved: 2 });
    await quiet();
    expect(await rows('select count(*)::int as n from "Alert"')).toEqual([{ n: 6 }]);
    expect(await rows('select count(*)::int as n from "Incident"')).toEqual([{ n: 1 }]);
    const [card, ...others] = said('team-payments', 'ALERT-1');
    expect(others).toEqual([]);
    expect(card === undefined ? '' : shown(card)).toContain('4 firing, 2 resolved');
  });

  it('tells that all is resolved: the incident is asked once whether it is over, and stays open', async () => {
    await alertmanager.send(...[3, 4, 5, 6].map(over));
    await becomes(GROUPS, { groups: 1, firing: 0, resolved: 6 });
    await quiet();
    const [incident] = await rows<{ status: string; channel: string }>(
      `select status, state->'channel'->>'name' as channel from "Incident"`,
    );
    expect(incident?.status).toBe('assessed');
    expect(said(incident?.channel ?? '', 'Is it over?')).toHaveLength(1);
  });
});

describe('a burst of ten thousand alerts, with Mainstay killed in the middle', () => {
  const began = new Date(Date.now() - 5_000).toISOString();
  const body = (name: string, fingerprints: readonly string[]) => ({
    groupKey: `{}:{alertname="${name}"}`,
    commonLabels: { alertname: name, service: 'payments' },
    alerts: fingerprints.map((fingerprint) => ({
      status: 'firing',
      labels: { alertname: name, service: 'payments', instance: fingerprint },
      startsAt: began,
      endsAt: '0001-01-01T00:00:00Z',
      fingerprint,
    })),
  });
  /** As Alertmanager does it: until it is answered with 2xx. */
  const post = async (payload: object): Promise<void> => {
    for (;;) {
      const status = await fetch(`http://127.0.0.1:${port}/hooks/alertmanager`, {
        method: 'POST',
        headers: { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' },
        body: JSON.stringify(payload),
      }).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status === 204) return;
      expect([0, 503]).toContain(status);
      await vi.waitUntil(() => mainstay.alive(), PATIENCE);
    }
  };
  const clients = async (payloads: readonly object[]) => {
    const waiting = [...payloads];
    const client = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await post(next);
    };
    await Promise.all(Array.from({ length: 16 }, client));
  };

  it('is a screen in Slack, and every one of them is in the database', async () => {
    const channel = () => slack.history('team-payments').length;
    const before = channel();
    const asked = performance.now();
    const sending = clients([
      ...Array.from({ length: 5_000 }, (_, n) => body(`Burst${n}`, [`b${n}`])),
      ...Array.from({ length: 50 }, (_, n) =>
        body(
          'OneGroup',
          Array.from({ length: 100 }, (__, k) => `g${n}-${k}`),
        ),
      ),
    ]);
    await vi.waitFor(async () => {
      const [stored] = await rows<{ n: number }>('select count(*)::int as n from "Alert"');
      expect(stored?.n).toBeGreaterThan(1_000);
    }, PATIENCE);
    await mainstay.kill();
    mainstay = await start();
    await sending;
    await becomes('select count(*)::int as n from "Alert"', { n: 10_006 });
    await becomes('select count(*)::int as n from "AlertInbox"', { n: 0 });
    const seconds = (performance.now() - asked) / 1000;
    await becomes(GROUPS, { groups: 5_002, firing: 10_000, resolved: 6 });
    await quiet();
    expect(channel() - before).toBeLessThanOrEqual(6);
    expect(seconds).toBeLessThan(120);
  });

  it('is a screen also where each of them is a group of its own', async () => {
    const before = slack.history('team-payments').length;
    await clients(Array.from({ length: 10_000 }, (_, n) => body(`Single${n}`, [`s${n}`])));
    await becomes('select count(*)::int as n from "Alert"', { n: 20_006 });
    await becomes('select count(*)::int as n from "AlertInbox"', { n: 0 });
    await becomes(GROUPS, { groups: 15_002, firing: 20_000, resolved: 6 });
    await quiet();
    expect(slack.history('team-payments').length - before).toBeLessThanOrEqual(6);
  });
});
