/**
 * The edge by itself: the real Bolt app behind the real front door, with a registry and use cases of the test's own and with
 * Slack's Web API as a list of calls. For what the edge does whatever is registered; journeys use the whole app.
 */
import type { FetchFunction } from '@slack/web-api';
import {
  blockActions,
  eventEnvelope,
  globalShortcut,
  slashCommand,
  viewSubmission,
} from '../../demo/slack/payloads.ts';
import {
  type EncodedBody,
  encodeCommand,
  encodeEvent,
  encodeInteraction,
  type SignedRequest,
  signRequest,
} from '../../demo/slack/sign.ts';
import { BOT, INSTALLATION } from '../../demo/slack/workspace.ts';
import type { EdgeDeps } from '../../handlers/deps.ts';
import { createEdge } from '../../handlers/edge.ts';
import type { Registry } from '../../handlers/registry.ts';
import { createHttpServer, listen } from '../../src/adapters/http/server.ts';
import { createMetrics } from '../../src/adapters/prometheus/metrics.ts';
import { connectSlack } from '../../src/adapters/slack/connection.ts';
import { createViews } from '../../src/adapters/slack/views.ts';
import { incidentSpec, now } from './incident-spec.ts';
import { testLogger } from './logger.ts';
import { healthOf, uncounted, well } from './own-facts.ts';

const SECRET = 'test-signing-secret';
const API = 'https://slack.test/api/';
const RESPONSE_URL = 'https://hooks.slack.test/response/1';
const alice = { id: 'U0ALICE', name: 'alice' };
const general = { id: 'C0GENERAL', name: 'general' };

export interface EdgeSetup {
  readonly registry?: Partial<Registry>;
  readonly deps?: Partial<EdgeDeps>;
  readonly patience?: number;
  /** What Slack answers to a method other than auth.test; `{ ok: true }` unless told. */
  readonly slack?: (method: string, args: Record<string, unknown>) => object;
  readonly databaseAnswers?: () => Promise<void>;
}

export type TestEdge = Awaited<ReturnType<typeof startEdge>>;

export async function startEdge(setup: EdgeSetup = {}) {
  const { logger, log } = testLogger();
  const calls: { method: string; args: Record<string, unknown> }[] = [];
  const responses: Record<string, unknown>[] = [];
  const operatorsTold: string[] = [];

  const slackApi: FetchFunction = async (url, init) => {
    const target = String(url);
    if (target === RESPONSE_URL) {
      responses.push(JSON.parse(String(init?.body)));
      return new Response('ok');
    }
    const method = target.slice(API.length);
    const args = Object.fromEntries(new URLSearchParams(String(init?.body)));
    calls.push({ method, args });
    const identity = { ok: true, user_id: BOT.userId, bot_id: BOT.botId, team_id: INSTALLATION.teamId };
    const answer = method === 'auth.test' ? identity : (setup.slack?.(method, args) ?? { ok: true });
    return new Response(JSON.stringify(answer), {
      headers: { 'content-type': 'application/json', 'x-oauth-scopes': '' },
    });
  };
  const slack = await connectSlack({
    botToken: 'xoxb-test-token',
    apiUrl: API,
    wayIn: { kind: 'http', signingSecret: SECRET },
    scopes: [],
    clock: { now: () => now },
    log: logger,
    fetch: slackApi,
  });
  const metrics = createMetrics('test');
  createEdge(slack.app, {
    deps: { ...unusedDeps, log: logger, views: createViews(slack.client), ...setup.deps },
    count: metrics.slackHandled,
    tellOperators: async (text) => void operatorsTold.push(text),
    databaseAnswers: setup.databaseAnswers ?? (async () => {}),
    ...(setup.patience !== undefined && { patience: setup.patience }),
    registry: { commands: [], actions: [], submissions: [], shortcuts: [], events: [], ...setup.registry },
  });
  const server = await createHttpServer({
    slack: slack.requestListener,
    health: healthOf(well),
    metrics: uncounted,
    log: logger,
  });
  const url = `http://127.0.0.1:${await listen(server, { host: '127.0.0.1', port: 0 })}`;

  const send = async ({ body, headers }: SignedRequest) => {
    const response = await fetch(`${url}/slack/events`, { method: 'POST', body, headers });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>) };
  };
  const signed = (encoded: EncodedBody, { secret = SECRET, age = 0 } = {}) =>
    signRequest(encoded, { secret, timestamp: Math.floor(Date.now() / 1000) - age });
  const typed = (command: string, text: string, triggerId = 'T.1') =>
    encodeCommand(
      slashCommand(INSTALLATION, {
        person: alice,
        channel: general,
        command,
        text,
        triggerId,
        responseUrl: RESPONSE_URL,
      }),
    );

  return {
    url,
    send,
    signed,
    typed,
    metrics,
    log,
    /** Every call to Slack's Web API after the start. */
    calls: () => calls.filter(({ method }) => method !== 'auth.test'),
    /** What was sent to response_urls. */
    responses,
    operatorsTold,
    slash: (command: string, text: string, triggerId?: string) => send(signed(typed(command, text, triggerId))),
    /** A click on the person's App Home, which has no response_url. */
    clickAtHome: (actionId: string, value: string) => {
      const at = { view: { id: 'V0HOME', type: 'home' as const, blocks: [], hash: 'h1', private_metadata: '' } };
      const actions = [{ type: 'button', action_id: actionId, block_id: 'b', value, action_ts: '1.2' }];
      const payload = blockActions(INSTALLATION, { person: alice, at, actions, triggerId: 'T.5' });
      return send(signed(encodeInteraction(payload)));
    },
    click: (actionId: string, value: string, triggerId = 'T.2') => {
      const message = { ts: '1.1', blocks: [] };
      const at = { channel: general, message, responseUrl: RESPONSE_URL };
      const actions = [{ type: 'button', action_id: actionId, block_id: 'b', value, action_ts: '1.2' }];
      return send(signed(encodeInteraction(blockActions(INSTALLATION, { person: alice, at, actions, triggerId }))));
    },
    submit: (callbackId: string, id = 'V0TEST') => {
      const view = {
        id,
        type: 'modal' as const,
        blocks: [],
        callback_id: callbackId,
        hash: 'h1',
        private_metadata: '',
      };
      const payload = viewSubmission(INSTALLATION, { person: alice, view, answers: {}, triggerId: 'T.3' });
      return send(signed(encodeInteraction(payload)));
    },
    globalShortcut: (callbackId: string) => {
      const payload = globalShortcut(INSTALLATION, { person: alice, callbackId, triggerId: 'T.4', actionTs: '1.3' });
      return send(signed(encodeInteraction(payload)));
    },
    event: (event: { type: string; [field: string]: unknown }, eventId = 'Ev1') =>
      send(signed(encodeEvent(eventEnvelope(INSTALLATION, { event, eventId, eventTime: 1 })))),
    close: () => server.close(),
  };
}

const unused = (): never => {
  throw new Error('the test did not expect this to be used');
};

const unusedDeps: Omit<EdgeDeps, 'log' | 'views'> = {
  clock: { now: () => now },
  spec: { current: () => incidentSpec },
  directory: { nameOf: unused, zoneOf: unused, groupsOf: unused, message: unused },
  verbs: {
    runBackup: unused,
    cancelBackup: unused,
    holdBackup: unused,
    releaseBackup: unused,
    agreeToPrune: unused,
    backupGlances: unused,
    requestDrill: unused,
    listDrills: unused,
    showDrill: unused,
    listBackups: unused,
    showBackup: unused,
    receiveAlerts: unused,
    showOwnHealth: unused,
    acknowledgeAlerts: unused,
    declareForAlerts: unused,
    listAlerts: unused,
    muteAlerts: unused,
    unmuteAlerts: unused,
    offerSilence: unused,
    silenceAlerts: unused,
    endSilence: unused,
    showSilences: unused,
    expireSilence: unused,
    showAlerts: unused,
    declareIncident: unused,
    findIncident: unused,
    showIncident: unused,
    incidentTimeline: unused,
    listIncidents: unused,
    setSeverity: unused,
    setOwner: unused,
    postUpdate: unused,
    mitigateIncident: unused,
    resolveIncident: unused,
    reopenIncident: unused,
    closeIncident: unused,
    noteIncident: unused,
    pinMessage: unused,
    unpinMessage: unused,
    publishNote: unused,
    withdrawNote: unused,
    statusAddress: unused,
    showStatus: unused,
    statusDays: unused,
    draftOfPostmortem: unused,
    publishPostmortem: unused,
    waivePostmortem: unused,
    showCalendar: unused,
    calendarFeed: unused,
    calendarLinks: unused,
    relinkCalendar: unused,
    startRun: unused,
    startDuty: unused,
    approveRun: unused,
    declineRun: unused,
    cannotRun: unused,
    finishRun: unused,
    dutyHistory: unused,
    listOpenRuns: unused,
    myDuties: unused,
    nextDuties: unused,
    dutyOverview: unused,
    reportCompletion: unused,
    showRun: unused,
    skipRun: unused,
    snoozeRun: unused,
    takeRun: unused,
    tickRun: unused,
    waiveRun: unused,
    showSpec: unused,
    askReload: unused,
    reloadSpec: unused,
    specHistory: unused,
    beatAddress: unused,
    hearBeat: unused,
    checkHistory: unused,
    postCheckHistory: unused,
    muteCheck: unused,
    unmuteCheck: unused,
    runChecks: unused,
    checksOfGroup: unused,
    showChecks: unused,
    showMetrics: unused,
    watchChecks: unused,
    unwatchChecks: unused,
    uptimeOverview: unused,
    reportUptime: unused,
    postUptime: unused,
    showQueue: unused,
    approveWindow: unused,
    cancelWindow: unused,
    extendWindow: unused,
    finishWindow: unused,
    listWindows: unused,
    planWindow: unused,
    reportWindow: unused,
    showWindow: unused,
    startWindow: unused,
    windowsAhead: unused,
    acknowledgePage: unused,
    listPages: unused,
    sendPage: unused,
    showPage: unused,
    retryPromise: unused,
  },
};
