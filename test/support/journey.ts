/**
 * The whole app on a database and a Slack of its own, for stories told through the front door: what people type, click and
 * submit, and what they then see in Slack. The app's clock stands still unless the story moves it.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, vi } from 'vitest';
import type { BlockShape } from '../../demo/slack/elements.ts';
import type { ViewShape } from '../../demo/slack/payloads.ts';
import type { MessageRow } from '../../demo/slack/records.ts';
import { openQueue } from '../../src/adapters/jobs/boss.ts';
import { type PersonName, type SlackOptions, startSlack, type TestSlack } from './emulate.ts';
import { testLogger } from './logger.ts';
import { startApp, type TestMainstay } from './mainstay.ts';
import { freshDatabase } from './postgres.ts';
import { createDriver, type Driver } from './slack-driver.ts';
import { temporaryHome } from './test-server.ts';

const MINUTE = 60_000;
/** Alice has a team with Bob, Charlie is the manager; checkout and payments are services with runbooks. */
export const NORTHWIND = new URL('../../demo/northwind.yml', import.meta.url).pathname;
/** Saturday, 15:00 in Paris and 9:00 in New York. */
const BEGIN = new Date('2026-11-21T14:00:00.000Z');
const PATIENCE = { timeout: 20_000, interval: 20 };

export type Answered = Awaited<ReturnType<ReturnType<Driver['as']>['slash']>>;

export interface Journey {
  readonly slack: TestSlack;
  readonly driver: Driver;
  readonly databaseUrl: string;
  readonly home: string;
  readonly specFile: string;
  /** The app that runs now. */
  app(): TestMainstay;
  /** Ends the app and starts another one on the same database. */
  restart(): Promise<void>;
  end(): Promise<void>;
  begin(): Promise<void>;

  now(): Date;
  /** Moves the app's clock forward. */
  later(minutes: number): void;
  /** Has the app do what it does each minute, and each day when one has begun; resolves when that is done and said. */
  minute(): Promise<void>;
  /** Resolves when the app has answered every event and said everything it promised to say. */
  quiet(): Promise<void>;

  /** Types a command, as `/incident list`, and gives what came back. */
  type(person: PersonName, typed: string, channel?: string): Promise<Answered>;
  /** The modal this person sees. @throws when there is none */
  form(person: PersonName): ViewShape;
  /** Resolves when this person was privately told something that contains these words. */
  hears(person: PersonName, words: string): Promise<MessageRow>;
  /** What the app wrote to this person alone, oldest first. */
  directs(person: PersonName): MessageRow[];
  /** The one message of a channel that contains these words; resolves when there is one. */
  message(channel: string, words: string): Promise<MessageRow>;
  /** The rows of a query on the app's database. */
  rows<Row extends object>(query: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The name of an incident's channel. */
  room(id: string): Promise<string>;
  /** The kinds of the events of a subject, in order. */
  kinds(subject: string): Promise<string[]>;
  stop(): Promise<void>;
}

/** Starts it with the demo's operations spec, or with what `spec` makes of its text; `stop` in `afterAll`. */
export async function startJourney(
  options: {
    readonly spec?: (northwind: string) => string;
    readonly slack?: SlackOptions;
    /** What the spec names as `env:NAME`. */
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<Journey> {
  const [database, slack, home] = await Promise.all([freshDatabase(), startSlack(options.slack), temporaryHome()]);
  const time = { now: BEGIN };
  const clock = { now: () => time.now };
  const specFile = options.spec === undefined ? NORTHWIND : join(home, 'operations.yml');
  if (options.spec !== undefined) await writeFile(specFile, options.spec(await readFile(NORTHWIND, 'utf8')));
  const { environment = {} } = options;
  const start = () => startApp({ slack, databaseUrl: database.url, home, clock, specFile, environment });
  let app = await start();
  const driver = createDriver({ url: () => app.url, slack });
  const queue = await openQueue(database.url, { keep: false, log: testLogger().logger });

  const onlooker = new Client({ connectionString: database.url, application_name: 'journey' });
  await onlooker.connect();

  const rows = async <Row extends object>(query: string, values: readonly unknown[] = []) =>
    (await onlooker.query<Row>(query, [...values])).rows;
  const none = async (query: string, values?: readonly unknown[]) => (await rows(query, values)).length === 0;
  const undone = (jobs: string) => `select 1 from pgboss.job where ${jobs} and state <> 'completed'`;
  const quiet = async () => {
    await driver.settled();
    // What an action or a page came to is said after it ended.
    await vi.waitUntil(() => none(undone(`name in ('actions', 'pages', 'backups')`)), PATIENCE);
    await vi.waitUntil(() => none(`select 1 from "Delivery" where status = 'pending'`), PATIENCE);
  };
  let minutes = 0;

  return {
    slack,
    driver,
    databaseUrl: database.url,
    home,
    specFile,
    app: () => app,
    async restart() {
      await app.stop();
      app = await start();
    },
    end: () => app.stop(),
    async begin() {
      app = await start();
    },
    now: () => time.now,
    later(count) {
      time.now = new Date(time.now.getTime() + count * MINUTE);
    },
    async minute() {
      minutes += 1;
      const key = `${time.now.toISOString()} ${minutes}`;
      await queue.sendOnce('each-minute', key);
      await vi.waitUntil(() => none(undone(`name = 'each-minute' and data->>'key' = $1`), [key]), PATIENCE);
      await vi.waitUntil(() => none(undone(`name = 'daily'`)), PATIENCE);
      await quiet();
    },
    quiet,
    type(person, typed, channel = 'general') {
      const [command = '', ...rest] = typed.split(' ');
      return driver.as(person).slash(command, rest.join(' '), { channel });
    },
    form(person) {
      const view = slack.modalOf(person);
      if (view === undefined) throw new Error(`${person} sees no form.`);
      return view;
    },
    hears: (person, words) => one(() => slack.ephemerals(person).slice(-1), words),
    directs: (person) => directMessages(slack, person),
    message: (channel, words) => one(() => slack.history(channel), words),
    rows,
    async room(id) {
      const [row] = await rows<{ name: string | null }>(
        `select state->'channel'->>'name' as name from "Incident" where number = $1`,
        [Number(id.replace('INC-', ''))],
      );
      if (!row?.name) throw new Error(`${id} has no channel.`);
      return row.name;
    },
    async kinds(subject) {
      const events = await rows<{ kind: string }>('select kind from "Event" where subject = $1 order by seq', [
        subject,
      ]);
      return events.map(({ kind }) => kind);
    },
    async stop() {
      await quiet();
      await app.stop();
      await Promise.all([queue.close(), onlooker.end()]);
      await slack.stop();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

export function directMessages({ stage, users, history }: TestSlack, person: PersonName): MessageRow[] {
  const isTheirs = (members: readonly string[]) => members.includes(users[person]) && members.includes(users.bot);
  const rows = stage.emulator.table('channels').all();
  const direct = rows.find(({ is_im: isDirect, members }) => isDirect && isTheirs(members));
  return direct === undefined ? [] : history(direct.channel_id);
}

/** Resolves when exactly one of the messages contains the words. */
async function one(messages: () => readonly MessageRow[], words: string): Promise<MessageRow> {
  const fitting = () => messages().filter((message) => shown(message).includes(words));
  await expect.poll(() => fitting().map(shown), PATIENCE).toHaveLength(1);
  const [only] = fitting();
  if (only === undefined) throw new Error(`Nobody said "${words}".`);
  return only;
}

/** What a command was answered with, or a click. */
export function told({ body }: Answered): string {
  return typeof body === 'object' && body !== null ? shown(body) : String(body);
}

/** All the words of a message, of a view or of what was answered: those in its blocks, else its text. */
export function shown(what: object): string {
  const { text, blocks, view } = what as { text?: string; blocks?: readonly BlockShape[]; view?: object };
  if (view !== undefined) return shown(view);
  return blocks === undefined || blocks.length === 0 ? (text ?? '') : wordsIn(blocks).join('\n');
}

/** Every text object of these blocks, in order. */
function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && (value.type === 'mrkdwn' || value.type === 'plain_text') && 'text' in value) {
    return [String(value.text)];
  }
  return Object.values(value).flatMap(wordsIn);
}
