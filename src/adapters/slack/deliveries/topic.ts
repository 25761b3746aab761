import type { WebClient } from '@slack/web-api';
import { incidentTopic } from '../../../../blocks/incident-topic.ts';
import { incidentSubject } from '../../../domain/event.ts';
import { Undeliverable } from '../fault.ts';
import { type DeliveryTools, KEPT, type Kept, type Taken } from './tools.ts';

/** Puts the incident's state, as it is now, into the topic of its channel. */
export async function keepTopic(promise: Taken<'topic'>, { slack, incidents }: DeliveryTools): Promise<Kept> {
  const number = promise.intent.incident;
  const incident = await incidents.incident(number);
  if (!incident?.channel) throw new Undeliverable('no_channel', `${incidentSubject(number)} has no channel.`);
  // Of changes that came close together the first promise to be kept sets the topic of the last.
  await setTopic(slack, incident.channel.id, incidentTopic(incident), true);
  return KEPT;
}

/**
 * Sets a channel's topic. Slack says so in the channel each time, even when nothing changes: where it may have been set
 * before (`perhaps`) it is looked at first.
 */
export async function setTopic(slack: WebClient, channel: string, topic: string, perhaps: boolean): Promise<void> {
  const now = perhaps ? (await slack.conversations.info({ channel })).channel?.topic?.value : undefined;
  if (now !== topic) await slack.conversations.setTopic({ channel, topic });
}
