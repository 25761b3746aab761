/**
 * What was promised to Slack held against what stands in Slack, message by message: every message of ours names its promise in
 * its metadata, so that one that is missing, one too many and one out of its turn can be counted and not only looked for.
 */
import { isDeepStrictEqual } from 'node:util';
import { incidentTopic } from '../../../blocks/incident-topic.ts';
import { renderMessage } from '../../../blocks/message.ts';
import type { ChannelRow, MessageRow } from '../../../demo/slack/records.ts';
import { createAuditLog } from '../../../src/adapters/postgres/audit-log.ts';
import { openDatabase } from '../../../src/adapters/postgres/client.ts';
import { anchorsIn } from '../../../src/app/anchors.ts';
import { slackUser } from '../../../src/domain/actor.ts';
import type { Delivery, Message } from '../../../src/domain/delivery.ts';
import { peopleCalledBy } from '../../../src/domain/incident/people.ts';
import type { Incident } from '../../../src/domain/incident/state.ts';
import type { OperationsSpec } from '../../../src/domain/spec/types.ts';
import { verifyLog } from '../../../src/usecases/audit/verify.ts';
import type { TestSlack } from '../../support/emulate.ts';
import { asAdmin } from '../../support/test-server.ts';

/** The sums, and a sentence for everything that is not as it should be. */
export interface Account {
  readonly incidents: number;
  /** Messages about them that were promised: lines, announcements, summaries, and the card that comes with each channel. */
  readonly promised: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** In a channel after what was promised later about the same incident in the same lane. */
  readonly misordered: readonly string[];
  /** Cards, announcements and topics that do not show the incident as it is. */
  readonly stale: readonly string[];
  /** Channels, pins, invitations and bookmarks that are missing or too many, and words nobody promised. */
  readonly amiss: readonly string[];
  /** Promises of any kind that wait, or were given up. */
  readonly unkept: readonly string[];
  /** What an audit finds: the log was written once, in order, and its anchors are outside the database. */
  readonly forged: readonly string[];
}

/** Everything was done once: what an account says after any fault that ended. */
export const ALL_WELL = {
  lost: [],
  doubled: [],
  misordered: [],
  stale: [],
  amiss: [],
  unkept: [],
  forged: [],
} as const;

interface PromiseRow {
  readonly id: string;
  readonly lane: string;
  readonly intent: Delivery;
  readonly status: string;
  readonly error: string | null;
}

interface Shown {
  readonly promise: string;
  readonly channel: ChannelRow;
  readonly message: MessageRow;
}

/** Takes the account of a database and the Slack its promises went to; both have to be at rest. */
export async function accountOf(
  slack: TestSlack,
  databaseUrl: string,
  home: string,
  spec: OperationsSpec,
): Promise<Account> {
  const { promises, incidents } = await asAdmin(databaseUrl, async (client) => ({
    promises: (
      await client.query<PromiseRow>('select id::text, lane, intent, status, error from "Delivery" order by id')
    ).rows,
    incidents: (await client.query<{ state: Incident }>('select state from "Incident" order by number')).rows,
  }));
  const channels = slack.stage.emulator.table('channels').all();
  const ours = channels.flatMap((channel) =>
    slack.history(channel.channel_id).filter((message) => message.user === slack.users.bot && !message.subtype),
  );
  const shown = channels.flatMap((channel) => messagesOf(slack, channel));
  const posts = promises.filter(({ intent }) => intent.kind === 'post' || intent.kind === 'open-channel');
  const times = (id: string) => shown.filter(({ promise }) => promise === id).length;
  const states = incidents.map(({ state }) => state);
  return {
    incidents: states.length,
    promised: posts.filter(isAboutIncident).length,
    lost: posts.filter(({ id }) => times(id) === 0).map(nameOf),
    doubled: [
      ...posts.filter(({ id }) => times(id) > 1).map((row) => `${nameOf(row)}: ${times(row.id)} times`),
      ...channels.flatMap((channel) => topicsSaidTwice(slack, channel)),
    ],
    misordered: misordered(promises, shown),
    stale: states.flatMap((incident) => staleOf(slack, incident, shown, promises, spec)),
    amiss: [
      ...states.flatMap((incident) => amissOf(slack, incident, channels, spec)),
      ...ours.filter((message) => promiseOf(message) === null).map(({ text }) => `nobody promised "${text}"`),
    ],
    unkept: promises
      .filter(({ status }) => status !== 'delivered')
      .map((row) => `${nameOf(row)} is ${row.status}: ${row.error}`),
    forged: await forged(databaseUrl, home),
  };
}

/** The day's anchor and the word to the operators come when they come. */
function isAboutIncident({ intent }: PromiseRow): boolean {
  return intent.kind !== 'post' || (intent.message.type !== 'anchor' && intent.message.type !== 'undeliverable');
}

async function forged(databaseUrl: string, home: string): Promise<string[]> {
  const database = openDatabase(databaseUrl);
  try {
    const log = createAuditLog(database, { enqueue: async () => {} });
    const { faults } = await verifyLog({ log, published: anchorsIn(home) });
    return faults.map(({ sentence }) => sentence);
  } finally {
    await database.close();
  }
}

const nameOf = ({ id, lane, intent }: PromiseRow): string =>
  `D-${id} ${intent.kind}${intent.kind === 'post' ? ` ${intent.message.type}` : ''} in ${lane}`;

function messagesOf(slack: TestSlack, channel: ChannelRow): Shown[] {
  return slack.history(channel.channel_id).flatMap((message) => {
    const promise = promiseOf(message);
    return promise === null ? [] : [{ promise, channel, message }];
  });
}

function promiseOf({ metadata }: MessageRow): string | null {
  const payload = (metadata as { event_payload?: { id?: unknown } } | undefined)?.event_payload;
  return payload?.id === undefined ? null : String(payload.id);
}

function topicsSaidTwice(slack: TestSlack, channel: ChannelRow): string[] {
  const said = slack.history(channel.channel_id).filter(({ subtype }) => subtype === 'channel_topic');
  return said
    .filter((message, index) => said[index - 1]?.text === message.text)
    .map(({ text }) => `#${channel.name} was told twice: ${text}`);
}

/** What people declare at the same moment has no order; what happens to one incident has. */
function misordered(promises: readonly PromiseRow[], shown: readonly Shown[]): string[] {
  const order = new Map(promises.map(({ id, lane, intent }) => [id, `${lane} ${subjectOf(intent)}`]));
  const latest = new Map<string, bigint>();
  return shown.flatMap(({ promise, channel }) => {
    const line = `${order.get(promise)} ${channel.channel_id}`;
    const before = latest.get(line) ?? 0n;
    latest.set(line, BigInt(promise));
    return BigInt(promise) < before ? [`D-${promise} after D-${before} in #${channel.name}`] : [];
  });
}

function subjectOf(intent: Delivery): number | undefined {
  if (intent.kind === 'open-channel') return intent.incident;
  if (intent.kind !== 'post') return undefined;
  const { message } = intent;
  return message.type === 'resolution-summary'
    ? message.summary.number
    : 'incident' in message
      ? message.incident
      : undefined;
}

/** The messages that are edited in place, and the topic, against a render of the incident as its row says it is. */
function staleOf(
  slack: TestSlack,
  incident: Incident,
  shown: readonly Shown[],
  promises: readonly PromiseRow[],
  spec: OperationsSpec,
): string[] {
  const { number, channel } = incident;
  const kept = promises.flatMap(({ id, intent }): { id: string; message: Message }[] => {
    if (intent.kind === 'open-channel' && intent.incident === number)
      return [{ id, message: { type: 'incident-card', incident: number } }];
    return intent.kind === 'post' && intent.keep?.startsWith(`incident:${number}:`)
      ? [{ id, message: intent.message }]
      : [];
  });
  const stale = kept.flatMap(({ id, message }) => {
    const wanted = renderMessage(message, { incident, run: null, spec });
    return shown
      .filter((one) => one.promise === id && !shows(one.message, wanted))
      .map((one) => `the ${message.type} of INC-${number} says "${one.message.text}"`);
  });
  const topic = channel === null ? null : slack.channel(channel.id).topic.value;
  return topic === null || topic === incidentTopic(incident)
    ? stale
    : [...stale, `the topic of INC-${number}: ${topic}`];
}

function shows(message: MessageRow, wanted: { readonly text: string; readonly blocks: readonly object[] }): boolean {
  const plain = (blocks: readonly object[]) => JSON.parse(JSON.stringify(blocks), withoutId) as unknown;
  return message.text === wanted.text && isDeepStrictEqual(plain(message.blocks ?? []), plain(wanted.blocks));
}

/** Slack gives blocks an id of its own. */
const withoutId = (key: string, value: unknown): unknown => (key === 'block_id' ? undefined : value);

function amissOf(
  slack: TestSlack,
  { number, channel, severity, owner, declaredBy, service }: Incident,
  channels: readonly ChannelRow[],
  spec: OperationsSpec,
): string[] {
  const id = `INC-${number}`;
  const named = channels.filter(({ name }) => name.startsWith(`inc-${number}-`));
  const [only] = named;
  if (channel === null || only === undefined || named.length > 1) return [`${id} has ${named.length} channels`];
  const faults = only.channel_id === channel.id ? [] : [`${id} has recorded another channel than its own`];
  const [card, ...more] = messagesOf(slack, only);
  if (
    slack.pins(only.channel_id).join() !== card?.message.ts ||
    more.some(({ message }) => message.ts === card?.message.ts)
  )
    faults.push(`${id} has ${slack.pins(only.channel_id).length} pins, and its card is ${card?.message.ts}`);
  const called = severity === null ? [] : peopleCalledBy(spec, severity);
  for (const user of [slackUser(declaredBy), owner, ...called])
    if (user !== null && !only.members.includes(user)) faults.push(`${user} was not invited to ${id}`);
  const { runbook, dashboard } = (service === null ? undefined : spec.services[service]) ?? {};
  const links = slack.bookmarks(only.channel_id).map(({ link }) => link);
  const wanted = [runbook, dashboard].filter((link) => link !== undefined);
  if (!isDeepStrictEqual(links.toSorted(), wanted.toSorted()))
    faults.push(`${id} has the bookmarks ${links.join(', ')}`);
  return faults;
}
