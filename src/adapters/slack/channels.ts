import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../usecases/ports.ts';
import { cached } from './cached.ts';
import { Undeliverable } from './fault.ts';

const LIFETIME = 10 * 60_000;
/** A name that is not in a list older than this may be a channel made since; in milliseconds. */
const RECENT = 30_000;
/** The most Slack gives at once. */
const PAGE = 1000;

/** A channel as a list of Slack shows it. */
interface ListedChannel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly isMember: boolean;
  /** Slack user id of who made it. */
  readonly creator: string | null;
  readonly createdAt: Date;
}

/** The channels the bot can see, by the names the spec uses. */
export interface Channels {
  /**
   * The id of a channel given by name (without "#") or id, with the bot in it if it is public.
   * @throws Undeliverable when the bot sees no such channel
   */
  reach(channel: string): Promise<string>;
  /** Asks Slack anew whether there is a channel of this name, archived ones too. */
  named(name: string): Promise<ListedChannel | null>;
  /** What is known is no longer right, as a refusal showed. */
  forget(): void;
}

export function slackChannels(slack: WebClient, clock: Clock): Channels {
  const known = cached(clock, LIFETIME, () => listChannels(slack));
  const joined = new Set<string>();

  const find = async (channel: string, maxAge?: number) =>
    (await known.get(maxAge)).find(({ id, name }) => id === channel || name === channel) ?? null;

  return {
    reach: async (channel) => {
      const found = (await find(channel)) ?? (await find(channel, RECENT));
      if (found === null) {
        throw new Undeliverable(
          'channel_not_found',
          `There is no channel "${channel}" that the bot can see: create it, or invite the bot if it is private.`,
        );
      }
      if (found.isMember || found.isPrivate || found.isArchived || joined.has(found.id)) return found.id;
      await slack.conversations.join({ channel: found.id });
      joined.add(found.id);
      return found.id;
    },
    named: async (name) => (await listChannels(slack)).find((channel) => channel.name === name) ?? null,
    forget: () => {
      known.forget();
      joined.clear();
    },
  };
}

async function listChannels(slack: WebClient): Promise<readonly ListedChannel[]> {
  const found: ListedChannel[] = [];
  let cursor: string | undefined;
  do {
    const page = await slack.conversations.list({
      types: 'public_channel,private_channel',
      limit: PAGE,
      ...(cursor && { cursor }),
    });
    for (const channel of page.channels ?? []) {
      found.push({
        id: channel.id ?? '',
        name: channel.name ?? '',
        isPrivate: channel.is_private ?? false,
        isArchived: channel.is_archived ?? false,
        isMember: channel.is_member ?? false,
        creator: channel.creator ?? null,
        createdAt: new Date((channel.created ?? 0) * 1000),
      });
    }
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
  return found;
}
