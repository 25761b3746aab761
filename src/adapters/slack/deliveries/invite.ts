import { incidentSubject } from '../../../domain/event.ts';
import { refusalCode, Undeliverable } from '../fault.ts';
import { remarksOf, tolerate } from './tolerate.ts';
import type { DeliveryTools, Kept, Taken } from './tools.ts';

/** The most Slack takes in one call. */
const AT_ONCE = 100;

/** Slack's words for a refusal that concerns the channel or the bot, and so everybody. */
const CONCERNS_ALL = new Set([
  'account_inactive',
  'channel_not_found',
  'invalid_auth',
  'is_archived',
  'missing_scope',
  'not_authed',
  'not_in_channel',
  'restricted_action',
  'token_expired',
  'token_revoked',
]);

const IN_ALREADY = ['already_in_channel', 'cant_invite_self'];

/** Calls more people into an incident's channel. */
export async function keepInvite(promise: Taken<'invite'>, tools: DeliveryTools): Promise<Kept> {
  const { incident: number, users } = promise.intent;
  const incident = await tools.incidents.incident(number);
  if (!incident?.channel) throw new Undeliverable('no_channel', `${incidentSubject(number)} has no channel.`);
  return { next: [], remark: await inviteAll(tools, incident.channel.id, users) };
}

/**
 * Invites users and the members of user groups (`S...`). Somebody who cannot be invited stops nobody else; the remark says
 * who and why. @throws the refusal when it concerns everybody
 */
export async function inviteAll(
  { slack, groups, bot }: Pick<DeliveryTools, 'slack' | 'groups' | 'bot'>,
  channel: string,
  references: readonly string[],
): Promise<string | null> {
  const expanded = await Promise.all(references.map((id) => (id.startsWith('S') ? groups.members(id) : [id])));
  const users = [...new Set(expanded.flat())].filter((user) => user !== bot.userId);
  const remarks: (string | null)[] = [];
  for (let from = 0; from < users.length; from += AT_ONCE) {
    const some = users.slice(from, from + AT_ONCE);
    try {
      await slack.conversations.invite({ channel, users: some.join(',') });
    } catch (error) {
      const code = refusalCode(error);
      if (code === null || CONCERNS_ALL.has(code)) throw error;
      // One of them is the reason, and Slack then invites none.
      for (const user of some) remarks.push(await inviteOne({ slack }, channel, user));
    }
  }
  return remarksOf(remarks);
}

function inviteOne({ slack }: Pick<DeliveryTools, 'slack'>, channel: string, user: string): Promise<string | null> {
  return tolerate(`<@${user}> was not invited`, () => slack.conversations.invite({ channel, users: user }), IN_ALREADY);
}
