import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { demoRecipients } from '../../demo/keys.ts';
import { writeDemoSpec } from '../../demo/spec.ts';
import { movedClock } from '../../demo/time/moved-clock.ts';
import { stopsOf } from '../../demo/time/steps.ts';
import { traveller } from '../../demo/time/traveller.ts';
import { readSpec } from '../../src/app/spec.ts';
import { backupToMake } from '../../src/domain/backup/request.ts';
import { type DemoPage, startDemoPage } from '../support/demo-page.ts';
import { type ScriptedApp, startScriptedApp } from '../support/scripted-app.ts';

const HOUR = 3_600_000;
/** Saturday, 12:20 where this machine is. */
const NOON = new Date(2026, 10, 21, 12, 20).getTime();

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mainstay-demo-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const at = (instants: readonly number[]) => instants.map((one) => new Date(one).toTimeString().slice(0, 5));

describe('a step', () => {
  it('of an hour stops each quarter, and where it ends', () => {
    expect(at(stopsOf('hour', NOON))).toEqual(['12:30', '12:45', '13:00', '13:15', '13:20']);
  });
  it('to the morning ends at nine, today while that is to come', () => {
    expect(new Date(stopsOf('morning', NOON).at(-1) ?? 0)).toEqual(new Date(2026, 10, 22, 9));
    expect(at(stopsOf('morning', new Date(2026, 10, 21, 8, 40).getTime()))).toEqual(['09:00']);
  });
  it('of a week stops each half hour', () => {
    const stops = stopsOf('week', NOON);
    expect(stops).toHaveLength(7 * 48 + 1);
    expect(stops.at(-1)).toBe(NOON + 7 * 24 * HOUR);
  });
  it('that looks now goes nowhere', () => {
    expect(stopsOf('now', NOON)).toEqual([NOON]);
  });
});

describe('the clock', () => {
  const clock = (isNew: boolean, realNow = () => NOON) =>
    movedClock({ file: join(home, 'clock.json'), isNew, realNow });

  it('goes forward only, and goes on by itself from there', () => {
    let real = NOON;
    const moved = clock(true, () => real);
    moved.moveTo(NOON + HOUR);
    moved.moveTo(NOON);
    real += 5;
    expect([moved.now(), moved.ahead()]).toEqual([NOON + HOUR + 5, HOUR]);
  });
  it('stays moved after a restart, and begins anew with a new workspace', () => {
    clock(true).moveTo(NOON + HOUR);
    expect(clock(false).ahead()).toBe(HOUR);
    expect(clock(true).ahead()).toBe(0);
    expect(clock(false).ahead()).toBe(0);
  });
  it('that cannot be read is no reason to go back in time', () => {
    writeFileSync(join(home, 'clock.json'), '{"ahead":');
    expect(() => clock(false)).toThrow('clock.json does not say how far');
  });
});

describe('the traveller', () => {
  function set(look: (now: number) => Promise<void> = async () => {}) {
    const looks: number[] = [];
    const lines: string[] = [];
    const clock = movedClock({ file: join(home, 'clock.json'), isNew: true, realNow: () => NOON });
    const time = traveller({
      clock,
      look: async () => {
        looks.push(clock.now());
        await look(clock.now());
      },
      moved: () => {},
      print: (line) => lines.push(line),
    });
    const arrived = () => vi.waitUntil(() => time.view().step === null, { timeout: 20_000 });
    return { time, looks, lines, arrived };
  }

  it('has the app look at every stop', async () => {
    const { time, looks, arrived } = set();
    expect(time.go('hour')).toBe(true);
    expect(time.view()).toMatchObject({ step: 'hour', until: NOON + HOUR });
    await arrived();
    expect(looks).toEqual(stopsOf('hour', NOON));
    expect(time.view()).toEqual({ ahead: HOUR, step: null, until: null });
  });
  it('takes one step at a time', async () => {
    const { time, arrived } = set();
    time.go('hour');
    expect(time.go('now')).toBe(false);
    await arrived();
    expect(time.go('now')).toBe(true);
    await time.halt();
  });
  it('halts at the next stop, and stays there', async () => {
    const { time, looks } = set();
    time.go('week');
    await time.halt();
    expect(looks).toHaveLength(1);
    expect(time.view()).toMatchObject({ ahead: (looks[0] ?? 0) - NOON, step: null });
  });
  it('that fails stops and says so', async () => {
    const { time, lines, arrived } = set(async () => {
      throw new Error('the database is away');
    });
    time.go('week');
    await arrived();
    expect(lines).toEqual(["The demo's clock stopped on its way: the database is away"]);
  });
});

describe('a workspace whose clock is moved', () => {
  let app: ScriptedApp;
  let page: DemoPage;
  beforeEach(async () => {
    app = await startScriptedApp();
    page = await startDemoPage({ app, home });
  });
  afterEach(async () => {
    await page.stop();
    await app.stop();
  });
  const go = (step: string) => fetch(`${page.url}/api/time/${step}`, { method: 'POST', headers: { origin: page.url } });
  const ahead = async () => (await page.state('U0ALICE')).time.ahead;

  it('dates messages by it, and comes back with it', async () => {
    await go('hour');
    await vi.waitUntil(async () => (await page.state('U0ALICE')).time.step === null, { timeout: 20_000 });
    expect(Math.round((await ahead()) / HOUR)).toBe(1);
    await page.act('U0ALICE', 'say', { channel: 'C0OPS', text: 'An hour later' });
    const [message] = await page.conversation('U0ALICE', 'C0OPS');
    expect(Math.round((Number(message?.at) - Number(message?.ts)) / 3600)).toBe(1);

    const before = await ahead();
    await page.stop();
    page = await startDemoPage({ app, home, hasDatabase: true });
    expect(await ahead()).toBe(before);
  });
  it('is moved by nobody but the page', async () => {
    const other = { method: 'POST', headers: { origin: 'https://example.com' } };
    expect((await fetch(`${page.url}/api/time/hour`, other)).status).toBe(403);
    expect((await go('backwards')).status).toBe(400);
    expect(await ahead()).toBe(0);
  });
});

it('runs a spec of its own, in the zone of the machine, that Mainstay can run', () => {
  const file = writeDemoSpec(home, { zone: 'Asia/Kathmandu', url: 'http://127.0.0.1:3100', recipients: null });
  const { spec } = readSpec(file, {});
  expect(spec.timezone).toBe('Asia/Kathmandu');
  expect(spec.teams['payments']).toMatchObject({
    name: 'Payments',
    members: ['alice', 'bob'],
    escalation: ['charlie'],
  });
  expect(spec.duties.length).toBeGreaterThan(5);
  expect(spec.targets['mainstay']).toMatchObject({ url: 'http://127.0.0.1:3100' });
  expect(spec.backups).toMatchObject([{ notConnected: expect.stringContaining('not installed here') }]);
  expect(readFileSync(file, 'utf8')).toMatch(/^# Written by the demo/);
});

it('backs up its own database for keys that it made itself, and keeps', async () => {
  const recipients = await demoRecipients(home);
  expect(recipients).toEqual(await demoRecipients(home));
  const { spec } = readSpec(writeDemoSpec(home, { zone: 'UTC', url: 'http://127.0.0.1:3100', recipients }), {});
  expect(spec.backups).toMatchObject([{ key: 'mainstay', recipients }]);
  expect(backupToMake('mainstay', spec)).toMatchObject({ ok: true });
});
