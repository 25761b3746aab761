import { incidentTopic } from '../../../../blocks/incident-topic.ts';
import { slackUser } from '../../../domain/actor.ts';
import { incidentSubject } from '../../../domain/event.ts';
import { channelName } from '../../../domain/incident/channel-name.ts';
import { peopleCalledBy } from '../../../domain/incident/people.ts';
import type { Incident } from '../../../domain/incident/state.ts';
import { refusalCode, Undeliverable } from '../fault.ts';
import { setBookmarks } from './bookmarks.ts';
import { inviteAll } from './invite.ts';
import { postOnce, renderIfOlder } from './post-once.ts';
import { remarksOf, tolerate } from './tolerate.ts';
import type { DeliveryTools, Kept, Taken } from './tools.ts';
import { setTopic } from './topic.ts';

/** Our clock and Slack's may differ by this much; in milliseconds. */
const CLOCKS_APART = 5 * 60_000;
/** So many channels of one name mean that something else is wrong. */
const MOST_TURNS = 20;

interface OpenedChannel {
  readonly id: string;
  readonly name: string;
}

/**
 * Makes the incident's channel and everything in it. Each step may be the last before a crash, so each is either written
 * down at once or harmless to repeat.
 */
export async function keepOpenChannel(promise: Taken<'open-channel'>, tools: DeliveryTools): Promise<Kept> {
  const { slack, promises, incidents, spec } = tools;
  const number = promise.intent.incident;
  const card = `incident:${number}:card` as const;

  const before = await existing(number, incidents);
  const channel = await openedChannel(promise, before, tools);
  if (promise.channel === null) await promises.reached(promise.id, { channel: channel.id });
  // Before anybody is invited: what they type in the channel is about this incident.
  if (before.channel === null) await tools.channelOpened(number, channel);

  const incident = await existing(number, incidents);
  const topic = await tolerate('The topic was not set', () =>
    setTopic(slack, channel.id, incidentTopic(incident), promise.triedAt !== null),
  );
  const bookmarks = await setBookmarks(slack, channel.id, incident, spec.current());
  const invitations = await inviteAll(tools, channel.id, peopleOf(incident, tools));
  const { ts } = await postOnce(tools, promise, {
    channel: channel.id,
    message: { type: 'incident-card', incident: number },
    keep: card,
  });
  const pin = await tolerate('The card was not pinned', () => slack.pins.add({ channel: channel.id, timestamp: ts }), [
    'already_pinned',
  ]);
  return { next: await renderIfOlder(tools, card), remark: remarksOf([topic, bookmarks, invitations, pin]) };
}

/** The channel that is recorded, that an earlier attempt made, or a new one. */
async function openedChannel(
  promise: Taken<'open-channel'>,
  incident: Incident,
  tools: DeliveryTools,
): Promise<OpenedChannel> {
  const { slack, spec } = tools;
  if (incident.channel !== null) return incident.channel;
  if (promise.channel !== null) {
    const { channel } = await slack.conversations.info({ channel: promise.channel });
    return { id: promise.channel, name: channel?.name ?? '' };
  }
  for (let turn = 1; turn <= MOST_TURNS; turn++) {
    const name = channelName(spec.current().incident.channelPrefix, incident, turn);
    const id = (await create(tools, name)) ?? (await madeEarlier(promise, tools, name));
    if (id !== null) return { id, name };
  }
  const name = channelName(spec.current().incident.channelPrefix, incident);
  throw new Undeliverable('name_taken', `There are ${MOST_TURNS} channels named like "${name}" already.`);
}

/** The new channel's id; null when another channel, maybe an archived one, has the name. */
async function create({ slack }: DeliveryTools, name: string): Promise<string | null> {
  try {
    const { channel } = await slack.conversations.create({ name });
    return channel?.id ?? null;
  } catch (error) {
    if (refusalCode(error) === 'name_taken') return null;
    throw error;
  }
}

/**
 * The channel of this name if an earlier attempt at this promise made it: by the bot, since then, and for no other incident. A
 * channel of an earlier life of this database, with the same number, is somebody else's.
 */
async function madeEarlier(promise: Taken<'open-channel'>, tools: DeliveryTools, name: string): Promise<string | null> {
  if (promise.triedAt === null) return null;
  const found = await tools.channels.named(name);
  if (found === null || found.isArchived || found.creator !== tools.bot.userId) return null;
  if (found.createdAt.getTime() < promise.triedAt.getTime() - CLOCKS_APART) return null;
  const other = await tools.incidents.incidentInChannel(found.id);
  return other === null || other.number === promise.intent.incident ? found.id : null;
}

/** Who declared it, who owns it, and whom its severity calls in. */
function peopleOf(incident: Incident, { spec }: DeliveryTools): readonly string[] {
  const called = incident.severity === null ? [] : peopleCalledBy(spec.current(), incident.severity);
  return [slackUser(incident.declaredBy), incident.owner, ...called].filter((id) => id !== null);
}

async function existing(number: number, incidents: DeliveryTools['incidents']): Promise<Incident> {
  const incident = await incidents.incident(number);
  if (incident === null) throw new Undeliverable('no_incident', `There is no ${incidentSubject(number)}.`);
  return incident;
}
