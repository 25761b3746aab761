import { setTimeout as after } from 'node:timers/promises';
import type { DeliveryTools } from './tools.ts';

/** Slack's word for what kind of metadata it is; the payload names the promise. */
export const METADATA_TYPE = 'mainstay_delivery';

/** Our clock and Slack's may differ by this much; in milliseconds. */
const CLOCKS_APART = 5 * 60_000;
const PAGE = 200;

/**
 * The ts of the message that an earlier attempt posted in this channel, null when none did. Asked twice, a moment apart: Slack
 * may still have been busy with the request when it was asked first.
 *
 * @param since when the first attempt that may have reached Slack began
 */
export async function findPost(
  tools: Pick<DeliveryTools, 'slack' | 'bot' | 'pace'>,
  channel: string,
  promise: string,
  since: Date,
): Promise<string | null> {
  const found = await lookUp(tools, channel, promise, since);
  if (found !== null) return found;
  await after(tools.pace.settleMs);
  return lookUp(tools, channel, promise, since);
}

async function lookUp(
  { slack, bot }: Pick<DeliveryTools, 'slack' | 'bot'>,
  channel: string,
  promise: string,
  since: Date,
): Promise<string | null> {
  const oldest = String((since.getTime() - CLOCKS_APART) / 1000);
  let cursor: string | undefined;
  do {
    // Without include_all_metadata Slack leaves the metadata out, and everything would look as if it had not arrived.
    const page = await slack.conversations.history({
      channel,
      oldest,
      include_all_metadata: true,
      limit: PAGE,
      ...(cursor && { cursor }),
    });
    const found = page.messages?.find(({ user, metadata }) => user === bot.userId && promiseOf(metadata) === promise);
    if (found?.ts !== undefined) return found.ts;
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
  return null;
}

function promiseOf(metadata: { event_type?: string; event_payload?: object } | undefined): unknown {
  if (metadata?.event_type !== METADATA_TYPE) return undefined;
  return Object.entries(metadata.event_payload ?? {}).find(([name]) => name === 'id')?.[1];
}
