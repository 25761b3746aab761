/**
 * The demo: Slack's Web API (`emulate`), the app, and a page that stands in for the Slack client, in one process and on the
 * loopback address only. `npm run demo` starts it.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { claimFolder } from './claim.ts';
import { historyBegins, playIncident, writeTalk } from './history.ts';
import { demoRecipients } from './keys.ts';
import { servePage } from './server/page.ts';
import { streams } from './server/streams.ts';
import { clientView } from './show/client-view.ts';
import { readManifest } from './slack/manifest.ts';
import { keepSnapshot, loadSnapshot } from './slack/snapshot.ts';
import { datedByClock, storyClock } from './slack/story.ts';
import { openSlackSide } from './slack-side.ts';
import { writeDemoSpec } from './spec.ts';
import { movedClock } from './time/moved-clock.ts';
import { traveller } from './time/traveller.ts';

/** What the app is to run with. */
export interface DemoWorld {
  readonly slack: { readonly apiUrl: string; readonly botToken: string; readonly signingSecret: string };
  /** Where browsers reach the app's own pages: the demo's page hands on what it does not serve itself. */
  readonly baseUrl: string;
  /** The operations spec of the demo's workspace. */
  readonly specFile: string;
  /** The time, as somebody moved it; the story's while the first start plays its history. */
  readonly clock: { now(): Date };
}

/** The app under demonstration, listening on an address of its own. */
export interface RunningApp {
  readonly url: string;
  /** Does what is done each minute, and resolves when what came of it is said. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

/** The app's own memory. Slack's side and it refer to each other, so they are kept, or thrown away, together. */
export interface AppDatabase {
  exists(): Promise<boolean>;
  clear(): Promise<void>;
}

export interface DemoOptions {
  /** The folder for what the demo keeps; Slack's side is `slack.json` in it. */
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

/**
 * Starts everything; resolves when the page can be opened and the app answers.
 * @throws a sentence when a demo runs on this folder already, the port is taken or a file cannot be read, and whatever
 * `startApp` throws
 */
export async function runDemo(options: DemoOptions): Promise<Demo> {
  const url = `http://${options.hostname}:${options.port}`;
  const letGo = await claimFolder(options.home, url);
  try {
    const demo = await start(options, url);
    return { ...demo, stop: () => demo.stop().finally(letGo) };
  } catch (cause) {
    await letGo();
    throw cause;
  }
}

async function start(options: DemoOptions, url: string): Promise<Demo> {
  const { home, port, hostname, print } = options;
  const now = () => Date.now();
  const manifest = readManifest(options.manifestFile ?? here('../manifest.yml'));
  const file = join(home, 'slack.json');
  const { snapshot, notice } = await chooseStart(file, options.database);
  if (notice) print(notice);

  const moved = movedClock({ file: join(home, 'clock.json'), isNew: snapshot === undefined, realNow: now });
  const clock = storyClock(moved.now);
  const slack = await openSlackSide({ url, manifest, snapshot, now });
  const { stage } = slack;
  const view = clientView(stage.emulator, manifest);
  const hasHistory = snapshot === undefined && options.history !== false;
  const played = Promise.withResolvers<void>();
  let isPlaying = hasHistory;
  let look = async () => {};
  const time = traveller({ clock: moved, look: () => look(), moved: () => live.moved(), print });
  const live = streams({ emulator: stage.emulator, view, now: () => ({ notice, isPlaying, time: time.view() }) });
  datedByClock(stage.emulator, clock, now);
  const opened = [slack.close];
  const closeAll = async () => {
    for (const close of opened.splice(0).reverse()) await close();
  };

  try {
    const page = await servePage({ stage, view, streams: live, time, settled: () => played.promise, hostname, port });
    opened.push(page.close);
    if (hasHistory) {
      writeTalk(stage, now());
      // The app plans from yesterday on: what fell due since then is asked for when the story is told.
      clock.tell(new Date(historyBegins(now())));
    }
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const specFile = writeDemoSpec(home, { zone, url, recipients: await demoRecipients(home) });
    const app = await options.startApp({ slack: slack.connection, baseUrl: url, specFile, clock });
    opened.push(app.stop);
    look = app.look;
    slack.appIsAt(app.url);
    page.appIsAt(app.url);
  } catch (cause) {
    await closeAll();
    throw cause;
  }

  const stopping = new AbortController();
  const tellStory = async () => {
    if (!hasHistory) return;
    await playIncident(stage, { clock, realNow: now, signal: stopping.signal, print });
    if (!stopping.signal.aborted) await look();
  };
  let save = () => {};
  void tellStory().then(() => {
    // Nothing is kept of a story broken off: the next start finds no workspace and begins again.
    if (!stopping.signal.aborted) save = keepSnapshot(stage.emulator, file);
    isPlaying = false;
    live.played();
    played.resolve();
  });

  return {
    url,
    settled: played.promise,
    async stop() {
      stopping.abort();
      live.close();
      await time.halt();
      await played.promise;
      // What the app still does while it ends is kept too.
      opened.splice(1, 0, async () => save());
      await closeAll();
    },
  };
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

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
