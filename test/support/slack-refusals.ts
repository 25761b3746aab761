/** Calls that Slack refuses and `emulate` 0.12.2 accepts. Source: the errors each method's reference lists. */
import type { Emulator } from '../../demo/slack/emulator.ts';
import { BOT } from '../../demo/slack/workspace.ts';

const POSTS = ['chat.postMessage', 'chat.postEphemeral', 'chat.scheduleMessage'];
const READS = ['conversations.history', 'conversations.replies'];

/** The error of a call of the bot's, undefined when Slack would not refuse it for one of the reasons here. */
export function refusedBySlack(
  emulator: Emulator,
  scopes: readonly string[],
  method: string,
  args: Readonly<Record<string, unknown>>,
): string | undefined {
  const named = String(args['channel'] ?? args['channel_id'] ?? '');
  const channels = emulator.table('channels');
  const channel = channels.findOneBy('channel_id', named) ?? channels.findOneBy('name', named);
  if (!channel) return undefined;
  const isMember = channel.members.includes(BOT.userId);
  // A private channel is invisible to whoever is not in it.
  if (channel.is_private && !isMember) return 'channel_not_found';
  if (READS.includes(method) && !isMember) return 'not_in_channel';
  if (POSTS.includes(method) && !isMember && !scopes.includes('chat:write.public')) return 'not_in_channel';
  if (method === 'chat.update' && channel.is_archived) return 'is_inactive';
  return undefined;
}
