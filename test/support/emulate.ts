/**
 * Slack for the tests: the demo's workspace over `emulate`, reached by the app through a proxy that records every call, holds it
 * to account and can misbehave. People: Alice (Paris), Bob (New York), Charlie (Tokyo). Channels: general, incidents, ops,
 * team-payments, and managers, which is private and without Alice. The app is in all of them.
 *
 * What this is not: Slack. There is no Socket Mode, no rate limit but a planned one, no paging of what the proxy answers by
 * itself, no canvases, lists or assistants, no scheduled message is ever delivered, `channel_created` is not sent. Block Kit is
 * checked by our own table and Slack's types, not by Slack. The whole state is gone when it stops.
 */
import { messageIds } from '../../demo/slack/clock.ts';
import type { ApiAnswer, Emulator } from '../../demo/slack/emulator.ts';
import { startEmulator } from '../../demo/slack/emulator.ts';
import type { Manifest } from '../../demo/slack/manifest.ts';
import { readManifest } from '../../demo/slack/manifest.ts';
import type { UserGroup } from '../../demo/slack/missing-methods.ts';
import type { ViewShape } from '../../demo/slack/payloads.ts';
import type { BookmarkRow, ChannelRow, EphemeralRow, MessageRow } from '../../demo/slack/records.ts';
import { replies } from '../../demo/slack/replies.ts';
import type { Persona } from '../../demo/slack/workspace.ts';
import { BOT, CHANNELS, issueTokens, PERSONAS, seedWorkspace } from '../../demo/slack/workspace.ts';
import { asView } from '../../demo/verbs/interactive.ts';
import type { Stage } from '../../demo/verbs/stage.ts';
import type { FaultPlan } from './slack-faults.ts';
import type { RecordedCall, RecordedResponse } from './slack-proxy.ts';
import { startSlackProxy } from './slack-proxy.ts';
import { refusedBySlack } from './slack-refusals.ts';
import { compileSchemas } from './slack-schema.ts';

export type PersonName = 'alice' | 'bob' | 'charlie';

export interface SlackOptions {
  /** `manifest.yml` of the repository when left out. */
  readonly manifest?: Manifest;
  /** What the bot token was granted; all the manifest asks for when left out. */
  readonly scopes?: readonly string[];
  /** The user groups, by handle. */
  readonly userGroups?: Readonly<Record<string, readonly PersonName[]>>;
}

export interface TestSlack {
  /** For the app: `SLACK_API_URL`, `SLACK_BOT_TOKEN`, `SLACK_SIGNING_SECRET`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly signingSecret: string;
  /** User ids by handle, the bot's own as `bot`. */
  readonly users: Readonly<Record<PersonName | 'bot', string>>;
  /** Ids of the channels of the first day, by name. */
  readonly channels: Readonly<Record<string, string>>;

  /** Every call of the app, oldest first. */
  readonly calls: readonly RecordedCall[];
  /** The calls of one method, oldest first. */
  callsTo(method: string): RecordedCall[];
  /** What the app sent to response_urls, oldest first. */
  readonly responses: readonly RecordedResponse[];
  readonly faults: FaultPlan;

  /** A channel by name or id, archived ones too. @throws when there is none. */
  channel(nameOrId: string): ChannelRow;
  /** Top-level messages of a channel, oldest first, with their metadata. */
  history(channel: string): MessageRow[];
  /** A message and its replies, oldest first. */
  thread(channel: string, ts: string): MessageRow[];
  /** What only this person sees, oldest first. */
  ephemerals(person: PersonName): EphemeralRow[];
  /** The timestamps of a channel's pinned messages. */
  pins(channel: string): string[];
  bookmarks(channel: string): BookmarkRow[];
  /** User ids of a channel's members. */
  members(channel: string): readonly string[];
  /** The modal on top of this person's stack, if one is open. */
  modalOf(person: PersonName): ViewShape | undefined;
  homeOf(person: PersonName): ViewShape | undefined;

  /** Calls the Web API as a person, past the proxy: `conversations.archive`, `conversations.kick` ... @throws on an error. */
  callAs(person: PersonName, method: string, args: object): Promise<ApiAnswer>;
  /** Posts as a person; gives the ts. The text is taken as it is: no mention is resolved. */
  postAs(person: PersonName, channel: string, text: string, threadTs?: string): Promise<string>;
  react(person: PersonName, channel: string, ts: string, name: string): Promise<void>;
  unreact(person: PersonName, channel: string, ts: string, name: string): Promise<void>;

  /** What the driver needs to act as people. */
  readonly stage: Omit<Stage, 'door' | 'events'>;
  /** Ends it. @throws when a planned fault was never met: the test did not test what it says. */
  stop(): Promise<void>;
}

const ZONES: Readonly<Record<string, string>> = {
  alice: 'Europe/Paris',
  bob: 'America/New_York',
  charlie: 'Asia/Tokyo',
};
const BASE_URL = 'https://northwind.slack.com';
const MANIFEST = new URL('../../manifest.yml', import.meta.url).pathname;

/** A person of the workspace by handle. */
export function personNamed(name: PersonName): Persona {
  const person = PERSONAS.find((one) => one.name === name);
  if (!person) throw new Error(`Nobody is called ${name}; there are ${PERSONAS.map((one) => one.name).join(', ')}.`);
  return person;
}

/** Starts a workspace of its own for one test file or one test. */
export async function startSlack(options: SlackOptions = {}): Promise<TestSlack> {
  compileSchemas();
  const declared = options.manifest ?? readManifest(MANIFEST);
  const manifest = { ...declared, scopes: options.scopes ?? declared.scopes };
  const now = () => Date.now();
  const credentials = { botToken: 'xoxb-test-token', signingSecret: 'test-signing-secret' };
  const userGroups = groups(options.userGroups ?? {});

  const emulator = await startEmulator({ baseUrl: BASE_URL, timeZone: 'UTC', userGroups });
  seedWorkspace(emulator, { manifest, now: now() });
  issueTokens(emulator, { credentials, manifest });
  const nextTs = messageIds(emulator, now);
  const proxy = await startSlackProxy(() => ({
    scopes: manifest.scopes,
    fetch: emulator.fetch,
    refusal: (method, args) => refusedBySlack(emulator, manifest.scopes, method, args),
    corrected: (_method, answer) => withZones(withUploads(answer, proxy.url)),
    respond: (ticket, body) => stage.replies.receive(ticket, body),
  }));
  const stage = { emulator, manifest, nextTs, replies: replies({ emulator, baseUrl: proxy.url, now, nextTs }) };

  const channel = (nameOrId: string) => channelNamed(emulator, nameOrId);
  const rows = (name: string) => emulator.table('messages').findBy('channel_id', channel(name).channel_id).sort(byTs);
  const viewsOf = (person: PersonName, type: string) =>
    emulator
      .table('views')
      .findBy('user_id', personNamed(person).id)
      .filter((row) => row.type === type)
      .map(asView);
  const callAs = async (person: PersonName, method: string, args: object) => {
    const answer = await emulator.call(personNamed(person).token, method, args);
    if (!answer.ok) throw new Error(`Slack refused ${person} ${method}: ${answer.error}.`);
    return answer;
  };

  return {
    ...{ apiUrl: `${proxy.url}/api/`, token: credentials.botToken, signingSecret: credentials.signingSecret },
    users: {
      alice: personNamed('alice').id,
      bob: personNamed('bob').id,
      charlie: personNamed('charlie').id,
      bot: BOT.userId,
    },
    channels: Object.fromEntries(CHANNELS.map(({ name, id }) => [name, id])),
    ...{ calls: proxy.calls, responses: proxy.responses, faults: proxy.faults, stage },
    callsTo: (method) => proxy.calls.filter((call) => call.method === method),
    channel,
    history: (name) => rows(name).filter((row) => !row.thread_ts || row.thread_ts === row.ts),
    thread: (name, ts) => rows(name).filter((row) => row.ts === ts || row.thread_ts === ts),
    ephemerals: (person) =>
      emulator.table('ephemeral_messages').findBy('target_user', personNamed(person).id).sort(byTs),
    pins: (name) =>
      emulator
        .table('pins')
        .findBy('channel_id', channel(name).channel_id)
        .map((pin) => pin.message_ts),
    bookmarks: (name) => emulator.table('bookmarks').findBy('channel_id', channel(name).channel_id),
    members: (name) => channel(name).members,
    modalOf: (person) => viewsOf(person, 'modal').at(-1),
    homeOf: (person) => viewsOf(person, 'home').at(-1),
    callAs,
    async postAs(person, name, text, threadTs) {
      const thread = threadTs ? { thread_ts: threadTs } : {};
      return String(
        (await callAs(person, 'chat.postMessage', { channel: channel(name).channel_id, text, ...thread }))['ts'],
      );
    },
    async react(person, name, ts, reaction) {
      await callAs(person, 'reactions.add', { channel: channel(name).channel_id, timestamp: ts, name: reaction });
    },
    async unreact(person, name, ts, reaction) {
      await callAs(person, 'reactions.remove', { channel: channel(name).channel_id, timestamp: ts, name: reaction });
    },
    async stop() {
      await proxy.close();
      await emulator.close();
      const unmet = proxy.faults.unmet();
      if (unmet.length > 0) throw new Error(`Faults were planned and not met: ${unmet.join('; ')}.`);
    },
  };
}

const byTs = (a: { ts: string }, b: { ts: string }): number => (a.ts < b.ts ? -1 : 1);

function channelNamed(emulator: Emulator, nameOrId: string): ChannelRow {
  const rows = emulator.table('channels').all();
  const row = rows.find(({ channel_id, name }) => channel_id === nameOrId || name === nameOrId);
  if (!row) throw new Error(`There is no channel ${nameOrId}; there are ${rows.map(({ name }) => name).join(', ')}.`);
  return row;
}

function groups(named: Readonly<Record<string, readonly PersonName[]>>): UserGroup[] {
  return Object.entries(named).map(([handle, people]) => ({
    id: `S0${handle.toUpperCase().replaceAll('-', '')}`,
    handle,
    name: handle,
    users: people.map((name) => personNamed(name).id),
  }));
}

/** Each person in a zone of their own: the emulator knows one for all. */
function withZones(answer: ApiAnswer): ApiAnswer {
  const zoned = (user: unknown) => {
    const zone = ZONES[(user as { name?: string }).name ?? ''];
    return zone ? { ...(user as object), tz: zone } : user;
  };
  const { user, members } = answer;
  const areUsers = Array.isArray(members) && members.every((member) => typeof member === 'object');
  return {
    ...answer,
    ...(typeof user === 'object' && user !== null ? { user: zoned(user) } : {}),
    ...(areUsers ? { members: members.map(zoned) } : {}),
  };
}

/** Files are uploaded to this machine, though links to messages look like Slack's. */
function withUploads(answer: ApiAnswer, proxyUrl: string): ApiAnswer {
  const { upload_url } = answer;
  return typeof upload_url === 'string' ? { ...answer, upload_url: upload_url.replace(BASE_URL, proxyUrl) } : answer;
}
