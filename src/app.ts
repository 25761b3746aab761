import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { FastifyInstance } from 'fastify';
import type { EdgeDeps } from '../handlers/deps.ts';
import { createEdge } from '../handlers/edge.ts';
import { BOT_SCOPES } from '../handlers/manifest.ts';
import { calendarPage } from '../handlers/pages/calendar.ts';
import { statusPages } from '../handlers/pages/status.ts';
import { alertHooks } from '../handlers/webhooks/alerts.ts';
import { beatHook } from '../handlers/webhooks/beat.ts';
import { alertmanagers } from './adapters/alertmanager/client.ts';
import { beatTokens } from './adapters/http/beat-tokens.ts';
import { createHttpServer, listen } from './adapters/http/server.ts';
import { openQueue } from './adapters/jobs/boss.ts';
import { createAlertIntake } from './adapters/postgres/alert-intake.ts';
import { calendarKeys } from './adapters/postgres/calendar-keys.ts';
import { postgresCheckMemory } from './adapters/postgres/check-memory.ts';
import { createCheckStore } from './adapters/postgres/check-store.ts';
import { postgresPromiseQueue } from './adapters/postgres/promise-queue.ts';
import { postgresPromises } from './adapters/postgres/promises.ts';
import { readRoomFigures } from './adapters/postgres/room-figures.ts';
import { postgresSpecLog } from './adapters/postgres/spec-log.ts';
import { createStore } from './adapters/postgres/store.ts';
import { createUptimeStore } from './adapters/postgres/uptime-store.ts';
import { createMetrics } from './adapters/prometheus/metrics.ts';
import { TIME_BOUNDS } from './adapters/prometheus/room-families.ts';
import { slackChannels } from './adapters/slack/channels.ts';
import { connectSlack } from './adapters/slack/connection.ts';
import { slackDirectory } from './adapters/slack/directory.ts';
import { slackUserGroups } from './adapters/slack/user-groups.ts';
import { createViews } from './adapters/slack/views.ts';
import { openData } from './app/data.ts';
import { countedChecks, metricsText, ownHealth, slackAccount } from './app/own.ts';
import { bindVerbs } from './app/verbs.ts';
import { programVersion as version } from './app/version.ts';
import { whenFirstUsed } from './app/when-first-used.ts';
import { startWork } from './app/work.ts';
import type { Config } from './config.ts';
import type { Chore } from './jobs/chores.ts';
import { backupGlances } from './usecases/backup/list.ts';
import { DatabaseUnavailable } from './usecases/errors.ts';
import type { Logger } from './usecases/log.ts';
import type { Clock } from './usecases/ports.ts';
import { putInForce, type SpecDeps } from './usecases/spec/in-force.ts';
import { reloadSpec, type SpecReloaded } from './usecases/spec/reload.ts';
import type { RunningSpec } from './usecases/spec-port.ts';
import { uptimeOverview } from './usecases/uptime/overview.ts';

export interface MainstayOptions {
  readonly config: Config;
  readonly spec: RunningSpec;
  readonly log: Logger;
  readonly clock?: Clock;
  /** What a command of an automated duty is given variables from; none unless told. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Done once a day beside the app's own daily work. */
  readonly daily?: readonly Chore[];
  /** False: takes commands but delivers nothing and looks at nothing each minute; another instance does. */
  readonly work?: boolean;
  readonly routes?: readonly ((server: FastifyInstance) => void)[];
}

/** Slack waits for 3 s. */
const WHILE_PEOPLE_WAIT = 2_000;

/** A running Mainstay. */
export interface Mainstay {
  /** Where it listens, without a final slash. */
  readonly url: string;
  readonly port: number;
  /** Reads the spec file and puts it into force, as `/ops spec reload` does; one with faults leaves what runs in place. */
  reloadSpec(): Promise<SpecReloaded>;
  /** Does what is done each minute, now. Resolves when what it promised to Slack is said, or will take longer. */
  look(): Promise<void>;
  /** Takes no new work, lets what is in flight finish or return to the queue, then closes everything. */
  stop(): Promise<void>;
}

/**
 * Puts everything together and starts it: database, queue, Slack, deliveries, clock, HTTP. What was opened is closed
 * again when a later part cannot start.
 *
 * @throws SlackStartError, MigrationsRefused or an Error in one sentence saying what to do
 */
export async function startMainstay(options: MainstayOptions): Promise<Mainstay> {
  const opened: (() => Promise<void>)[] = [];
  const closeAll = async () => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    return await start(options, opened, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function start(
  options: MainstayOptions,
  opened: (() => Promise<void>)[],
  closeAll: () => Promise<void>,
): Promise<Mainstay> {
  const { config, spec, log } = options;
  const clock = options.clock ?? { now: () => new Date() };
  const metrics = createMetrics(version);

  // Slack's answer about the token does not wait for the database, nor the database for it.
  const account = slackAccount(metrics);
  const slackOptions = { ...config.slack, scopes: BOT_SCOPES, clock, log, account };
  const [slack, { data, queue }] = await allOrNothing(connectSlack(slackOptions), openStorage(options, opened));
  const store = createStore(data.database, queue);
  const checks = createCheckStore(data.database);
  const uptime = createUptimeStore(data.database);
  const promises = postgresPromises(data.database, queue);
  const groups = slackUserGroups(slack.client, clock);
  const databaseAnswers = async () => void (await data.database.pool.query('SELECT 1'));

  let tickedAt = performance.now();
  const own = ownHealth({
    config,
    data,
    slack,
    slackAheadMs: account.aheadMs,
    sinceTickMs: () => (options.work === false ? null : performance.now() - tickedAt),
    spec,
    clock,
    log,
  });

  const place = { machine: hostname(), process: `${hostname()}, process ${process.pid}` };
  const specDeps: SpecDeps = {
    store,
    clock,
    running: spec,
    specs: postgresSpecLog(data.database),
    instance: { id: randomUUID(), place: place.process },
  };
  await putInForce(specDeps, { kind: 'system', job: 'start' }, null, spec.running());
  opened.push(() => leave(specDeps));
  const alerts = createAlertIntake(data.database.pool);
  const core = { store, promises, checks, alerts, uptime, clock, spec, log };
  let look = async () => {};
  let keepQuiet = () => {};
  const directory = slackDirectory(slack.client, groups, clock);
  const channels = slackChannels(slack.client, clock);
  let alertsTaken = () => {};
  const verbs = bindVerbs({
    windowMoved: () => keepQuiet(),
    ...specDeps,
    ...core,
    directory,
    queue: postgresPromiseQueue(data.database, queue),
    calendarKeys: calendarKeys(data.database, queue),
    beatTokens: beatTokens(config.hookSecret),
    baseUrl: config.baseUrl,
    version,
    own,
    alertsTaken: () => alertsTaken(),
    alertmanagers: alertmanagers(WHILE_PEOPLE_WAIT),
  });
  const deps: EdgeDeps = { log, clock, spec, directory, views: createViews(slack.client), verbs };
  createEdge(slack.app, {
    deps,
    count: metrics.slackHandled,
    tellOperators: async (text) => {
      const channel = await channels.reach(spec.current().incident.operatorsChannel);
      await slack.client.chat.postMessage({ channel, text });
    },
    databaseAnswers,
  });

  const server = await createHttpServer({
    slack: slack.requestListener,
    health: {
      version,
      own,
      database: databaseAnswers,
      ready: () => readiness(slack.state().state, databaseAnswers),
    },
    metrics: {
      contentType: metrics.contentType,
      text: metricsText(
        metrics,
        own,
        () => readRoomFigures(data.database.pool, TIME_BOUNDS),
        () => uptimeOverview({ uptime, clock, spec }),
        () => backupGlances({ store, clock, spec }),
        log,
      ),
      token: config.metricsToken,
      answered: metrics.httpAnswered,
    },
    log,
    routes: [
      calendarPage(deps),
      statusPages(deps),
      beatHook(deps),
      alertHooks({ verbs, secret: config.hookSecret, received: metrics.alertsReceived }),
      ...(options.routes ?? []),
    ],
  });

  if (options.work !== false) {
    const runCheck = whenFirstUsed(async () => {
      const { createCheckRunner } = await import('./adapters/checks/runner.ts');
      return createCheckRunner({
        targets: () => spec.current().targets,
        env: options.environment ?? {},
        memory: postgresCheckMemory(data.database.pool),
        clock,
      });
    });
    const ticked = () => {
      tickedAt = performance.now();
    };
    const work = await startWork({
      ...core,
      specDeps,
      config,
      data,
      queue,
      bot: slack.bot,
      environment: options.environment ?? {},
      version,
      daily: options.daily ?? [],
      runCheck: countedChecks(runCheck, metrics),
      alertmanagers: alertmanagers(),
      metrics,
      account,
      ticked,
      own,
      place,
    });
    opened.push(work.stop);
    look = work.look;
    alertsTaken = work.alertsTaken;
    keepQuiet = work.keepQuiet;
  }
  // Closed before the workers drain: what comes in while a process ends is another's.
  opened.push(() => server.close());
  const port = await listen(server, config.http);
  await slack.start();
  opened.push(slack.stop);

  const host = config.http.host === '0.0.0.0' ? '127.0.0.1' : config.http.host;
  const url = `http://${host}:${port}`;
  log.info({ url, slack: slack.state().mode, spec: spec.running().file }, 'Mainstay is running');
  const bySignal = { actor: { kind: 'system', job: 'reload' }, requestKey: null, groups: [] } as const;
  const reload = async () => {
    const reloaded = await reloadSpec(specDeps, bySignal, null);
    if (!reloaded.ok) throw new Error(reloaded.refusal.message);
    return reloaded.value;
  };
  return { url, port, reloadSpec: reload, look, stop: closeAll };
}

/** Whoever looks sees at once that this instance is gone; without a database it is forgotten by itself. */
async function leave({ specs, instance }: SpecDeps): Promise<void> {
  await specs.leave(instance.id).catch((error: unknown) => {
    if (!(error instanceof DatabaseUnavailable)) throw error;
  });
}

async function readiness(slackState: string, databaseAnswers: () => Promise<void>) {
  const database = await databaseAnswers().then(
    () => ({ ok: true, detail: 'answers' }),
    () => ({ ok: false, detail: 'does not answer' }),
  );
  const connected = slackState === 'connected' || slackState === 'listening';
  return [
    { name: 'database', ...database },
    { name: 'slack', ok: connected, detail: slackState },
  ];
}

/** Database and queue, at the schema of this version. */
async function openStorage({ config, log, work }: MainstayOptions, opened: (() => Promise<void>)[]) {
  const data = await openData(config, log);
  opened.push(data.close);
  const queue = await openQueue(data.url, { keep: work !== false, log });
  opened.push(queue.close);
  return { data, queue };
}

/** Both at once, and neither is left running behind the other's fault. */
async function allOrNothing<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first, second]);
  if (a.status === 'rejected') throw a.reason;
  if (b.status === 'rejected') throw b.reason;
  return [a.value, b.value];
}
