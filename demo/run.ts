/**
 * The demo: Slack's Web API (`emulate`), the app, and a page that stands in for the Slack client, in one process and on the
 * loopback address only. `npm run demo` starts it.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { playIncident, writeTalk } from './history.ts';
import { servePage } from './server/page.ts';
import { streams } from './server/streams.ts';
import { clientView } from './show/client-view.ts';
import { messageIds } from './slack/clock.ts';
import { startEmulator } from './slack/emulator.ts';
import { sendEvents } from './slack/events.ts';
import { frontDoor } from './slack/front-door.ts';
import { readManifest } from './slack/manifest.ts';
import { replies } from './slack/replies.ts';
import { keepSnapshot, loadSnapshot } from './slack/snapshot.ts';
import { storyClock } from './slack/story.ts';
import { issueTokens, seedWorkspace } from './slack/workspace.ts';
import type { Stage } from './verbs/stage.ts';

/** What the app is to run with. */
export interface DemoWorld {
  readonly slack: { readonly apiUrl: string; readonly botToken: string; readonly signingSecret: string };
  /** The operations spec of the demo's workspace. */
  readonly specFile: string;
  /** The time, which is the story's while the first start plays its history. */
  readonly clock: { now(): Date };
}

/** The app under demonstration, listening on an address of its own. */
export interface RunningApp {
  readonly url: string;
  stop(): Promise<void>;
}

/** The app's own memory. Slack's side and it refer to each other, so they are kept, or thrown away, together. */
export interface AppDatabase {
  exists(): Promise<boolean>;
  clear(): Promise<void>;
}

export interface DemoOptions {
  /** The folder for what the demo keeps; Slack's side is `demo/slack.json` in it. */
  readonly home: string;
  readonly port: number;
  readonly hostname: string;
  readonly startApp: (world: DemoWorld) => Promise<RunningApp>;
  readonly database: AppDatabase;
  /** Takes lines for the terminal. */
  readonly print: (line: string) => void;
  readonly manifestFile?: string;
  /** Whether a first start plays the finished incident; yes, unless a test wants an empty workspace. */
  readonly history?: boolean;
}

export interface Demo {
  readonly url: string;
  /** Resolves when the first start's history has been played; at once on later starts. */
  readonly settled: Promise<void>;
  stop(): Promise<void>;
}

/** Starts everything; resolves when the page can be opened and the app answers. */
export async function runDemo(options: DemoOptions): Promise<Demo> {
  const { home, port, hostname, print } = options;
  const now = () => Date.now();
  const url = `http://${hostname}:${port}`;
  const manifest = readManifest(options.manifestFile ?? fileURLToPath(new URL('../manifest.yml', import.meta.url)));
  const file = join(home, 'demo', 'slack.json');
  const { snapshot, notice } = await chooseStart(file, options.database);
  if (notice) print(notice);

  const clock = storyClock(now);
  const emulator = await startEmulator({ baseUrl: url, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  const credentials = { botToken: `xoxb-demo-${random()}`, signingSecret: random() };
  if (snapshot === undefined) seedWorkspace(emulator, { manifest, now: now() });
  else emulator.restore(snapshot);
  issueTokens(emulator, { credentials, manifest });

  let appUrl = NOT_YET;
  const nextTs = messageIds(emulator, now);
  const door = frontDoor({ url: () => appUrl, signingSecret: credentials.signingSecret, now });
  const events = sendEvents({ emulator, door, manifest, now, nextTs });
  const answers = replies({ emulator, baseUrl: url, now, nextTs });
  const stage: Stage = { emulator, door, events, replies: answers, manifest, nextTs };
  const view = clientView(emulator, manifest);
  const hasHistory = snapshot === undefined && options.history !== false;
  let isPlaying = hasHistory;
  const { promise: settled, resolve: settle } = Promise.withResolvers<void>();
  const live = streams({ emulator, view, now: () => ({ notice, isPlaying }) });
  const page = await servePage({ stage, view, streams: live, settled: () => settled, hostname, port });
  const app = await options.startApp({
    slack: { apiUrl: emulator.apiUrl, ...credentials },
    specFile: fileURLToPath(new URL('northwind.yml', import.meta.url)),
    clock,
  });
  appUrl = app.url;

  const stopping = new AbortController();
  let save = () => {};
  if (hasHistory) writeTalk(stage, now());
  const played = hasHistory ? playIncident(stage, { clock, realNow: now, signal: stopping.signal, print }) : undefined;
  void (played ?? Promise.resolve()).then(() => {
    // Nothing is kept of a history broken off: the next start finds no workspace and begins again.
    if (!stopping.signal.aborted) save = keepSnapshot(emulator, file);
    isPlaying = false;
    live.played();
    settle();
  });

  return {
    url,
    settled,
    async stop() {
      stopping.abort();
      door.close();
      live.close();
      await settled;
      await app.stop();
      await page.close();
      save();
      await emulator.close();
    },
  };
}

/** Where the app is before it has started: nobody listens on the discard port, so Slack cannot reach it. */
const NOT_YET = 'http://127.0.0.1:9';

/** Both memories, or neither: a message the database points to must exist in Slack, and the other way round. */
async function chooseStart(file: string, database: AppDatabase): Promise<{ snapshot: unknown; notice: string | null }> {
  const snapshot = loadSnapshot(file);
  const hasDatabase = await database.exists();
  if (snapshot !== undefined && hasDatabase) return { snapshot, notice: null };
  if (snapshot === undefined && !hasDatabase) return { snapshot, notice: null };
  await database.clear();
  rmSync(file, { force: true });
  const found = hasDatabase
    ? "Mainstay's database, but not the Slack workspace it refers to"
    : 'the Slack workspace, but not the database it refers to';
  return { snapshot: undefined, notice: `The demo found ${found}, so it started both afresh.` };
}

const random = () => randomBytes(18).toString('base64url');
