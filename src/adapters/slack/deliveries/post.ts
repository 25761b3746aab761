import type { Destination } from '../../../domain/delivery.ts';
import { incidentSubject } from '../../../domain/event.ts';
import { refusalCode, Undeliverable } from '../fault.ts';
import { postOnce, renderIfOlder } from './post-once.ts';
import type { DeliveryTools, Kept, Taken } from './tools.ts';

/** What we knew of the channel is old: the bot was taken out of it, or another channel has the name now. */
const KNOWN_WRONG = new Set(['not_in_channel', 'channel_not_found']);

/** Says something once, in a channel or to a person. */
export async function keepPost(promise: Taken<'post'>, tools: DeliveryTools): Promise<Kept> {
  const { to, message, keep } = promise.intent;
  const post = async () => postOnce(tools, promise, { channel: await reach(to, tools), message, keep });
  const { remark } = await post().catch((error) => {
    if (to.to !== 'channel' || !KNOWN_WRONG.has(refusalCode(error) ?? '')) throw error;
    tools.channels.forget();
    return post();
  });
  return { next: keep === undefined ? [] : await renderIfOlder(tools, keep), remark };
}

/** The id of the conversation. @throws Undeliverable when there is none */
async function reach(to: Destination, { slack, channels, incidents }: DeliveryTools): Promise<string> {
  switch (to.to) {
    case 'channel':
      return channels.reach(to.channel);
    case 'incident': {
      const incident = await incidents.incident(to.number);
      if (incident?.channel) return incident.channel.id;
      throw new Undeliverable('no_channel', `${incidentSubject(to.number)} has no channel.`);
    }
    case 'user': {
      const { channel } = await slack.conversations.open({ users: to.user });
      if (channel?.id) return channel.id;
      throw new Error('Slack opened a conversation and did not say which.');
    }
  }
}
