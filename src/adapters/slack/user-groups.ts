import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../usecases/ports.ts';
import { cached } from './cached.ts';
import { refusalCode } from './fault.ts';

const LIFETIME = 10 * 60_000;

/** Workspaces without user groups: free plans, and stand-ins for Slack that do not have the method. */
const NO_GROUPS = new Set(['plan_upgrade_required', 'unknown_method', 'http_404']);

export interface UserGroups {
  /** Ids of the groups a user is in. */
  of(user: string): Promise<readonly string[]>;
  /** Ids of the users in a group; none for a group Slack does not know. */
  members(group: string): Promise<readonly string[]>;
}

/** The workspace's user groups, as Slack listed them at most ten minutes ago. A workspace without any has none. */
export function slackUserGroups(slack: WebClient, clock: Clock): UserGroups {
  const known = cached(clock, LIFETIME, () => listGroups(slack));
  return {
    of: async (user) => [...(await known.get())].filter(([, users]) => users.includes(user)).map(([id]) => id),
    members: async (group) => (await known.get()).get(group) ?? [],
  };
}

async function listGroups(slack: WebClient): Promise<ReadonlyMap<string, readonly string[]>> {
  try {
    const { usergroups = [] } = await slack.usergroups.list({ include_users: true });
    return new Map(usergroups.map(({ id = '', users = [] }) => [id, users]));
  } catch (error) {
    if (NO_GROUPS.has(refusalCode(error) ?? '')) return new Map();
    throw error;
  }
}
