import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAlertIntake } from '../../../src/adapters/postgres/alert-intake.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/client.ts';
import type { AlertNotice, AlertNotification } from '../../../src/domain/alert/notification.ts';
import { Overloaded } from '../../../src/usecases/alert-port.ts';
import { type FreshDatabase, freshDatabase } from '../../support/postgres.ts';

const noon = new Date('2026-03-18T12:00:00Z');
const soon = new Date('2026-03-18T12:00:20Z');
const later = new Date('2026-03-18T12:05:00Z');

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const alert = (fingerprint: string, more: Partial<AlertNotice> = {}): AlertNotice => ({
  fingerprint,
  status: 'firing',
  labels: { alertname: 'HighLatency' },
  annotations: {},
  startsAt: '2026-03-18T11:59:00.123456Z',
  endsAt: null,
  url: '',
  ...more,
});
const told = (group: string, ...alerts: AlertNotice[]): AlertNotification => ({
  source: 'alertmanager',
  group,
  commonLabels: { service: group },
  commonAnnotations: {},
  externalUrl: '',
  truncated: 0,
  alerts,
});
const resolved = { status: 'resolved', endsAt: '2026-03-18T12:04:00Z' } as const;

async function stored(group: string) {
  const { rows } = await database.pool.query(
    'select fingerprint, status, told from "Alert" where "group" = $1 order by fingerprint, "startsAt"',
    [group],
  );
  return rows;
}
/** Whether the group waits to be looked at; it does not wait any longer then. */
async function isInbox(group: string): Promise<boolean> {
  return (await database.pool.query('delete from "AlertInbox" where "group" = $1', [group])).rowCount === 1;
}

describe('an alert', () => {
  it('told of again is one alert, and its group is looked at only when something changed', async () => {
    const intake = createAlertIntake(database.pool);
    await intake.take(told('again', alert('a')), noon);
    expect(await isInbox('again')).toBe(true);
    await intake.take(told('again', alert('a')), later);
    expect(await stored('again')).toEqual([{ fingerprint: 'a', status: 'firing', told: 2 }]);
    expect(await isInbox('again')).toBe(false);
    await intake.take(told('again', alert('a', resolved)), later);
    expect(await isInbox('again')).toBe(true);
  });

  it('that was resolved stays so when an old word of it comes late, and begins anew with a new beginning', async () => {
    const intake = createAlertIntake(database.pool);
    await intake.take(told('late', alert('b', resolved)), noon);
    expect(await isInbox('late')).toBe(true);
    await intake.take(told('late', alert('b')), soon);
    expect(await isInbox('late')).toBe(false);
    await intake.take(told('late', alert('b', { startsAt: '2026-03-18T12:06:00Z' })), later);
    expect(await stored('late')).toMatchObject([
      { status: 'resolved', told: 2 },
      { status: 'firing', told: 1 },
    ]);
  });

  it('that is told of as firing well after its end fires again, whatever came late before that', async () => {
    const intake = createAlertIntake(database.pool);
    await intake.take(told('stalled', alert('s', resolved)), noon);
    await intake.take(told('stalled', alert('s')), soon);
    expect(await isInbox('stalled')).toBe(true);
    await intake.take(told('stalled', alert('s')), new Date(noon.getTime() + 31_000));
    expect(await isInbox('stalled')).toBe(true);
    const { rows } = await database.pool.query(`select status, "endsAt" from "Alert" where "group" = 'stalled'`);
    expect(rows).toEqual([{ status: 'firing', endsAt: null }]);
    await intake.take(told('stalled', alert('s', resolved)), later);
    expect(await stored('stalled')).toMatchObject([{ status: 'resolved', told: 4 }]);
  });

  it('whose beginning is written in two ways in one request is one, and resolved if either says so', async () => {
    const intake = createAlertIntake(database.pool);
    const paris = { startsAt: '2026-03-18T12:59:00.123456+01:00' };
    await intake.take(told('zones', alert('z', resolved), alert('z', paris)), noon);
    expect(await stored('zones')).toEqual([{ fingerprint: 'z', status: 'resolved', told: 1 }]);
  });

  it('without a beginning of its own is the one that is firing', async () => {
    const intake = createAlertIntake(database.pool);
    const bare = { startsAt: null };
    await intake.take(told('bare', alert('c', bare)), noon);
    await intake.take(told('bare', alert('c', { ...bare, status: 'resolved' })), later);
    await intake.take(told('bare', alert('c', bare)), later);
    expect(await stored('bare')).toMatchObject([{ status: 'resolved' }, { status: 'firing' }]);
  });
});

describe('a resolved alert', () => {
  it('is deleted when nobody told of it for long, with what it took the place of; one that fires stays', async () => {
    const intake = createAlertIntake(database.pool);
    await intake.take(told('old', alert('o1', resolved), alert('o2')), noon);
    await intake.take(told('young', alert('y1', resolved)), later);
    await intake.take(told('began-anew', alert('n1')), noon);
    await intake.take(told('began-anew', alert('n1', { ...resolved, startsAt: '2026-03-18T12:03:00Z' })), noon);
    expect(await intake.expire(new Date(noon.getTime() + 1))).toBeGreaterThan(0);
    expect(await stored('old')).toMatchObject([{ fingerprint: 'o2' }]);
    expect(await stored('young')).toHaveLength(1);
    expect(await stored('began-anew')).toEqual([]);
  });
});

describe('what a database cannot hold as it is', () => {
  it('is stored all the same: long keys by their digest, and NUL as the replacement character', async () => {
    const intake = createAlertIntake(database.pool);
    const long = 'é'.repeat(9_000);
    const odd = { labels: { alertname: 'a\u0000b', lone: '\ud800' }, url: 'https://example.com/\u0000' };
    await intake.take(told(long, alert(`${long}1`, odd), alert(`${long}2`, odd)), noon);
    const { rows } = await database.pool.query(
      `select labels->>'alertname' as name, url from "Alert" where "group" like 'éé%'`,
    );
    const kept = { name: 'a\ufffdb', url: 'https://example.com/\ufffd' };
    expect(rows).toEqual([kept, kept]);
  });
});

describe('a burst', () => {
  it('of two thousand alerts over two instances is stored whole, each once', async () => {
    const intakes = [createAlertIntake(database.pool), createAlertIntake(database.pool)];
    const requests = Array.from({ length: 200 }, (_, n) =>
      told(`burst-${n % 50}`, ...Array.from({ length: 10 }, (_, k) => alert(`${n}-${k}`))),
    );
    await Promise.all(requests.flatMap((request) => intakes.map((intake) => intake.take(request, noon))));
    const { rows } = await database.pool.query(
      `select count(*)::int, sum(told)::int as told from "Alert" where "group" like 'burst-%'`,
    );
    // The same alert twice in one statement is one word of it.
    expect(rows).toEqual([{ count: 2_000, told: 4_000 }]);
  });

  it.each([
    ['40 alerts', { alerts: 40, size: 1e9 }],
    ['10,000 characters', { alerts: 1e9, size: 10_000 }],
  ])('beyond what can be stored soon, %s, is refused before anything of it is stored', async (_, most) => {
    const intake = createAlertIntake(database.pool, most);
    const many = (name: string) => told(name, ...Array.from({ length: 30 }, (__, n) => alert(`${name}-${n}`)));
    const first = intake.take(many('first'), noon);
    const second = intake.take(many('second'), noon);
    const third = intake.take(many('third'), noon);
    await expect(third).rejects.toThrow(Overloaded);
    await Promise.all([first, second]);
    expect(await stored('third')).toEqual([]);
  });
});
