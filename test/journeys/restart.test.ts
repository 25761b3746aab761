import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startSlack, type TestSlack } from '../support/emulate.ts';
import { NORTHWIND, shown, told } from '../support/journey.ts';
import { type MainstayProcess, startProcess } from '../support/mainstay-process.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';
import { createDriver, type Driver } from '../support/slack-driver.ts';
import { temporaryHome } from '../support/test-server.ts';

/** Starting a process takes seconds on a machine that is busy. */
const PROCESSES = { timeout: 60_000 };
const PATIENCE = { timeout: 20_000, interval: 20 };

let slack: TestSlack;
let database: FreshDatabase;
let onlooker: Client;
let home: string;
let specFile: string;
let driver: Driver;
let running: MainstayProcess;

beforeAll(async () => {
  [slack, database, home] = await Promise.all([startSlack(), freshDatabase(), temporaryHome()]);
  specFile = join(home, 'operations.yml');
  onlooker = new Client({ connectionString: database.url });
  await onlooker.connect();
  driver = createDriver({ url: () => running.url, slack });
});
afterAll(async () => {
  await slack.stop();
  await onlooker.end();
  await database.drop();
  await rm(home, { recursive: true, force: true });
});
afterEach(async () => {
  if (running.alive()) await running.end();
});

async function start(): Promise<void> {
  running = await startProcess({ slack, databaseUrl: database.url, home, specFile });
}

const specify = async (change: (spec: string) => string) =>
  writeFile(specFile, change(await readFile(NORTHWIND, 'utf8')));
const type = async (typed: string) => {
  const [command = '', ...rest] = typed.split(' ');
  return driver.as('alice').slash(command, rest.join(' '));
};
const rows = async <Row extends object>(query: string) => (await onlooker.query<Row>(query)).rows;
const unkept = () => rows(`select 1 from "Delivery" where status = 'pending'`);

/** A statement of the app that waits for somebody's lock. */
const WAITING = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

async function declared(title: string): Promise<string> {
  return /INC-\d+/.exec(told(await type(`/incident declare sev2 ${title}`)))?.[0] ?? '';
}

/** Resolves when the process has logged this, with the last line that says so. */
async function hasLogged(message: string, times = 1) {
  const lines = () => running.log.lines.filter(({ msg }) => msg === message);
  await vi.waitUntil(() => lines().length >= times, PATIENCE);
  return lines().at(-1);
}

describe('a process that is told to end', () => {
  it('answers what it has taken, takes nothing more, and ends with 0', PROCESSES, async () => {
    await specify((spec) => spec);
    await start();
    const { url } = running;
    const id = await declared('Search is slow');
    await vi.waitUntil(async () => (await unkept()).length === 0, PATIENCE);

    await onlooker.query('begin');
    await onlooker.query('select 1 from "EventHead" where subject = $1 for update', [id]);
    const noting = type(`/incident note ${id} In the middle of it`);
    await vi.waitUntil(async () => (await rows(WAITING)).length > 0, PATIENCE);
    const ended = running.end();
    await vi.waitUntil(
      () =>
        fetch(`${url}/health`).then(
          () => false,
          () => true,
        ),
      PATIENCE,
    );
    expect((await type(`/incident note ${id} Too late`)).status).toBe(0);
    await onlooker.query('commit');
    await noting;
    expect(await ended).toBe(0);
    expect(slack.ephemerals('alice').map(shown)).toContain(`Noted on the timeline of ${id}.`);
    const notes = `select body->>'text' as text from "EventBody" where subject = '${id}' and body->>'kind' = 'incident.noted'`;
    expect(await rows(notes)).toEqual([{ text: 'In the middle of it' }]);
  });

  it('leaves what Slack could not be told to the next one, which says it once', PROCESSES, async () => {
    await specify((spec) => spec);
    await start();
    slack.faults.outage();
    const id = await declared('Checkout is down');
    for (const line of ['One', 'Two', 'Three']) await type(`/incident note ${id} ${line}`);
    expect(await running.end()).toBe(0);
    expect((await unkept()).length).toBeGreaterThan(3);

    slack.faults.recover();
    await start();
    await vi.waitUntil(async () => (await unkept()).length === 0, PATIENCE);
    const room = `${id.toLowerCase()}-checkout-is-down`;
    const notes = slack.history(room).flatMap((message) => /:memo: Note by .*: (.*)/.exec(shown(message))?.[1] ?? []);
    expect(notes).toEqual(['One', 'Two', 'Three']);
    expect(slack.pins(room)).toHaveLength(1);
    const announcements = () => slack.history('incidents').filter((message) => shown(message).includes(`${id}*`));
    const [announced, ...others] = announcements();
    expect(others).toEqual([]);

    // Edited, not posted again, by a process that did not post it.
    await running.end();
    await start();
    await type(`/owner ${id} @bob`);
    await vi.waitUntil(() => shown(announcements()[0] ?? {}).includes('Assigned'), PATIENCE);
    expect(announcements().map(({ ts }) => ts)).toEqual([announced?.ts]);
    await vi.waitUntil(async () => (await unkept()).length === 0, PATIENCE);
  });
});

describe('a process that is told to read its spec again', () => {
  const meaning = async () => {
    await type('/incident declare');
    const form = slack.modalOf('alice');
    if (form === undefined) throw new Error('Alice sees no form.');
    await driver.as('alice').close(form);
    return /SEV1 · ([^\n]+)/.exec(shown(form))?.[1];
  };

  it('goes on with the one it has when the new one has faults, and takes a good one', PROCESSES, async () => {
    await specify((spec) => spec);
    await start();
    running.log.expectErrors(/the operations spec has faults/);
    await specify((spec) =>
      spec.replace('Production outage', 'Everything is down').replace('responseTime: 15m', 'responseTime: 15'),
    );
    running.reload();
    expect(await hasLogged('the operations spec has faults; the one that was running goes on')).toMatchObject({
      faults: [
        expect.stringMatching(/operations\.yml:\d+:\d+: severities\.SEV1\.responseTime is wrong: "15" has no unit/),
      ],
    });
    expect(await meaning()).toBe('Production outage');

    await rm(specFile);
    running.reload();
    await hasLogged('the operations spec has faults; the one that was running goes on', 2);
    expect(await meaning()).toBe('Production outage');

    await specify((spec) => spec.replace('Production outage', 'Everything is down'));
    running.reload();
    expect(await hasLogged('the operations spec was read again')).toMatchObject({ changed: true });
    expect(await meaning()).toBe('Everything is down');
    // What ran, and since when, is on record.
    const known = await rows<{ text: string }>('select text from "SpecVersion" order by "loadedAt"');
    expect(known.map(({ text }) => /SEV1:\n {4}meaning: (.*)/.exec(text)?.[1])).toEqual([
      'Production outage',
      'Everything is down',
    ]);
    expect(await running.end()).toBe(0);
  });
});
