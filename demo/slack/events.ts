/**
 * Which of the workspace's happenings the app hears about: those its manifest subscribes to, in the conversations it is in.
 */
import { randomUUID } from 'node:crypto';
import type { Emulator, RawEvent } from './emulator.ts';
import type { FrontDoor } from './front-door.ts';
import type { Manifest } from './manifest.ts';
import { eventEnvelope } from './payloads.ts';
import type { ChannelRow } from './records.ts';
import { BOT, INSTALLATION } from './workspace.ts';

export interface Events {
  /** Tells the app that somebody opened its Home or Messages tab. Resolves when the app acknowledged. */
  appHomeOpened(o: { personId: string; tab: 'home' | 'messages'; channelId: string; view?: object }): Promise<void>;
}

/** Starts sending the emulator's events to the app. `now` is in milliseconds. */
export function sendEvents(o: {
  emulator: Emulator;
  door: FrontDoor;
  manifest: Manifest;
  now: () => number;
  nextTs: () => string;
}): Events {
  const { emulator, door, manifest, now, nextTs } = o;
  const channels = emulator.table('channels');
  const send = (event: RawEvent) =>
    door.event(
      eventEnvelope(INSTALLATION, {
        event,
        eventId: `Ev${randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`,
        eventTime: Math.floor(now() / 1000),
      }),
    );

  emulator.onEvent((raw) => {
    const channel = channels.findOneBy('channel_id', channelOf(raw));
    if (!channel?.members.includes(BOT.userId)) return;
    const event = enriched(raw, channel, nextTs);
    if (manifest.events.includes(subscription(event, channel))) void send(event);
  });

  return {
    async appHomeOpened({ personId, tab, channelId, view }) {
      if (!manifest.events.includes('app_home_opened')) return;
      await send({
        type: 'app_home_opened',
        user: personId,
        channel: channelId,
        tab,
        ...(view ? { view } : {}),
        event_ts: nextTs(),
      });
    },
  };
}

function channelOf(event: RawEvent): string {
  const item = event['item'] as { channel?: string } | undefined;
  return String(event['channel'] ?? event['channel_id'] ?? item?.channel ?? '');
}

/** The fields Slack adds and the emulator leaves out. */
function enriched(event: RawEvent, channel: ChannelRow, nextTs: () => string): RawEvent {
  const byApp = event['user'] === BOT.userId && event.type === 'message';
  return {
    ...event,
    ...(byApp ? { bot_id: BOT.botId, app_id: BOT.appId } : {}),
    ...(event.type === 'message' ? { channel_type: kind(channel) } : {}),
    event_ts: event['event_ts'] ?? event['ts'] ?? nextTs(),
  };
}

/** `message.channels`, `message.im` and so on; every other event is subscribed to by its own name. */
function subscription(event: RawEvent, channel: ChannelRow): string {
  if (event.type !== 'message') return event.type;
  return { channel: 'message.channels', group: 'message.groups', im: 'message.im', mpim: 'message.mpim' }[
    kind(channel)
  ];
}

function kind(channel: ChannelRow): 'channel' | 'group' | 'im' | 'mpim' {
  if (channel.is_im) return 'im';
  if (channel.is_mpim) return 'mpim';
  return channel.is_private ? 'group' : 'channel';
}
