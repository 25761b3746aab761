/**
 * The edge over the real store and a Slack of its own, without anybody who delivers: what a person types, clicks or submits, and
 * what they are told. Channels of incidents are made by hand.
 */
import type { EdgeDeps } from '../../handlers/deps.ts';
import { createEdge } from '../../handlers/edge.ts';
import { BOT_SCOPES } from '../../handlers/manifest.ts';
import { calendarPage } from '../../handlers/pages/calendar.ts';
import { statusPages } from '../../handlers/pages/status.ts';
import { alertmanagers } from '../../src/adapters/alertmanager/client.ts';
import { beatTokens } from '../../src/adapters/http/beat-tokens.ts';
import { createHttpServer, listen } from '../../src/adapters/http/server.ts';
import { createAlertIntake } from '../../src/adapters/postgres/alert-intake.ts';
import { calendarKeys } from '../../src/adapters/postgres/calendar-keys.ts';
import { createCheckStore } from '../../src/adapters/postgres/check-store.ts';
import { openDatabase } from '../../src/adapters/postgres/client.ts';
import { postgresPromiseQueue } from '../../src/adapters/postgres/promise-queue.ts';
import { postgresSpecLog } from '../../src/adapters/postgres/spec-log.ts';
import { createStore } from '../../src/adapters/postgres/store.ts';
import { createUptimeStore } from '../../src/adapters/postgres/uptime-store.ts';
import { createMetrics } from '../../src/adapters/prometheus/metrics.ts';
import { connectSlack } from '../../src/adapters/slack/connection.ts';
import { slackDirectory } from '../../src/adapters/slack/directory.ts';
import { slackUserGroups } from '../../src/adapters/slack/user-groups.ts';
import { createViews } from '../../src/adapters/slack/views.ts';
import { bindVerbs } from '../../src/app/verbs.ts';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import { recordChannel } from '../../src/usecases/incident/record-channel.ts';
import { type SlackOptions, startSlack } from './emulate.ts';
import { incidentSpec, now } from './incident-spec.ts';
import { testLogger } from './logger.ts';
import { healthOf, uncounted, well } from './own-facts.ts';
import { freshDatabase } from './postgres.ts';
import { createDriver } from './slack-driver.ts';
import { fixedSpec } from './spec-file.ts';

export type IncidentEdge = Awaited<ReturnType<typeof startIncidentEdge>>;

/** Where links begin: people's browsers are told this address, tests go to the port that is free. */
const BASE_URL = 'https://mainstay.example.com';

/** Starts it on a database of its own; `stop` in `afterAll`. Its clock stands at `now` of `incident-spec.ts`. */
export async function startIncidentEdge(options: SlackOptions = {}) {
  const { logger, log } = testLogger();
  const fresh = await freshDatabase();
  const database = openDatabase(fresh.url, { log: logger });
  const slack = await startSlack(options);
  const clock = { now: () => now };
  const inForce: { spec: OperationsSpec } = { spec: incidentSpec };
  const spec = { current: () => inForce.spec };
  const nobodyDelivers = { enqueue: async () => {} };
  const store = createStore(database, nobodyDelivers);

  const connection = await connectSlack({
    botToken: slack.token,
    apiUrl: slack.apiUrl,
    wayIn: { kind: 'http', signingSecret: slack.signingSecret },
    scopes: BOT_SCOPES,
    clock,
    log: logger,
  });
  const directory = slackDirectory(connection.client, slackUserGroups(connection.client, clock), clock);
  const queue = postgresPromiseQueue(database, nobodyDelivers);
  const metrics = createMetrics('test');
  const links = { calendarKeys: calendarKeys(database, nobodyDelivers), baseUrl: BASE_URL };
  const specs = {
    running: fixedSpec(spec.current),
    specs: postgresSpecLog(database),
    instance: { id: 'edge', place: 'the edge' },
  };
  const deps: EdgeDeps = {
    log: logger,
    clock,
    spec,
    directory,
    views: createViews(connection.client),
    verbs: bindVerbs({
      windowMoved: () => {},
      alertmanagers: alertmanagers(),
      store,
      checks: createCheckStore(database),
      uptime: createUptimeStore(database),
      beatTokens: beatTokens(null),
      clock,
      spec,
      directory,
      queue,
      ...specs,
      alerts: createAlertIntake(database.pool),
      alertsTaken: () => {},
      version: '1.2.3',
      own: healthOf(well).own,
      ...links,
    }),
  };
  createEdge(connection.app, {
    deps,
    count: metrics.slackHandled,
    tellOperators: async () => {},
    databaseAnswers: async () => {},
  });
  const server = await createHttpServer({
    slack: connection.requestListener,
    health: healthOf(well),
    metrics: uncounted,
    log: logger,
    routes: [calendarPage(deps), statusPages(deps)],
  });
  const url = `http://127.0.0.1:${await listen(server, { host: '127.0.0.1', port: 0 })}`;
  const driver = createDriver({ url, slack });

  return {
    slack,
    driver,
    /** Gets what a link given to people points at. */
    follow: (link: string, init?: RequestInit) => fetch(link.replace(BASE_URL, url), init),
    store,
    database,
    log,
    /** Changes the operations spec, as a reload would. */
    specify(change: Partial<OperationsSpec>) {
      inForce.spec = { ...incidentSpec, ...change };
    },
    /** Makes a channel the incident's own, as its delivery would. */
    async giveChannel(number: number, channel: string): Promise<void> {
      const { channel_id: id, name } = slack.channel(channel);
      await recordChannel({ store, clock, spec }, { number, channel: { id, name } });
    },
    async stop(): Promise<void> {
      await driver.settled();
      await server.close();
      await slack.stop();
      await database.close();
      await fresh.drop();
    },
  };
}
