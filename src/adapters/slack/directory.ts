import type { WebClient } from '@slack/web-api';
import type { Clock, Directory } from '../../usecases/ports.ts';
import { SlackUnanswered } from '../../usecases/slack-errors.ts';
import { type Cached, cached } from './cached.ts';
import { refusalCode, slackFault } from './fault.ts';
import type { UserGroups } from './user-groups.ts';

const LIFETIME = 10 * 60_000;

/** Slack's words for "you cannot see such a thing". */
const NOT_THERE = new Set([
  'channel_not_found',
  'message_not_found',
  'not_in_channel',
  'thread_not_found',
  'user_not_found',
]);

interface Profile {
  readonly name: string | null;
  readonly zone: string | null;
}

interface SlackMessage {
  readonly ts?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly text?: string;
}

/**
 * People and messages as Slack knows them. What is known of a person may be ten minutes old. Everything throws
 * SlackUnanswered when Slack does not say.
 */
export function slackDirectory(slack: WebClient, groups: UserGroups, clock: Clock): Directory {
  const people = new Map<string, Cached<Profile>>();
  const profileOf = (user: string) => {
    const known = people.get(user) ?? cached(clock, LIFETIME, () => askProfile(slack, user));
    people.set(user, known);
    return known.get();
  };
  return {
    nameOf: (user) => answered(async () => (await profileOf(user)).name),
    zoneOf: (user) => answered(async () => (await profileOf(user)).zone),
    groupsOf: (user) => answered(() => groups.of(user)),
    message: (channel, ts) => answered(() => unlessHidden(() => askMessage(slack, channel, ts))),
  };
}

async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const fault = slackFault(error);
    throw fault === null ? error : new SlackUnanswered(fault.reason, error);
  }
}

async function askProfile(slack: WebClient, user: string): Promise<Profile> {
  const answer = await unlessHidden(() => slack.users.info({ user }));
  const found = answer?.user;
  const name = found?.profile?.display_name || found?.profile?.real_name || found?.real_name || found?.name || null;
  return { name, zone: found?.tz ?? null };
}

/** History shows what stands in the channel; a reply is only found in its thread. A near message is not the one meant. */
async function askMessage(slack: WebClient, channel: string, ts: string): ReturnType<Directory['message']> {
  const { messages = [] } = await slack.conversations.history({
    channel,
    latest: ts,
    oldest: ts,
    inclusive: true,
    limit: 1,
  });
  const isMeant = (message: SlackMessage) => message.ts === ts;
  const found = messages.find(isMeant) ?? (await askReply(slack, channel, ts)).find(isMeant);
  if (found === undefined) return null;
  const { permalink = '' } = await slack.chat.getPermalink({ channel, message_ts: ts });
  return { author: found.bot_id ? null : (found.user ?? null), text: found.text ?? '', permalink };
}

async function askReply(slack: WebClient, channel: string, ts: string): Promise<readonly SlackMessage[]> {
  const answer = await unlessHidden(() =>
    slack.conversations.replies({ channel, ts, latest: ts, oldest: ts, inclusive: true, limit: 2 }),
  );
  return answer?.messages ?? [];
}

async function unlessHidden<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (NOT_THERE.has(refusalCode(error) ?? '')) return null;
    throw error;
  }
}
