import type { Delivery, Message, MessageKey } from '../../../domain/delivery.ts';
import type { TakenPromise } from '../../../usecases/delivery-port.ts';
import { findPost, METADATA_TYPE } from './find-post.ts';
import { renderNow, UNKNOWN_VERSION, versionBehind } from './render-now.ts';
import type { DeliveryTools } from './tools.ts';

/**
 * Posts the promise's message unless an earlier attempt did, and writes down where it is. Gives its ts.
 *
 * @param keep under which key the message can be edited from then on
 */
export async function postOnce(
  tools: DeliveryTools,
  promise: TakenPromise,
  post: { readonly channel: string; readonly message: Message; readonly keep?: MessageKey | undefined },
): Promise<string> {
  if (promise.ts !== null) return promise.ts;
  const { channel, message, keep } = post;
  const earlier = promise.triedAt === null ? null : await findPost(tools, channel, promise.id, promise.triedAt);
  const { ts, version } =
    earlier === null ? await postNow(tools, promise, channel, message) : { ts: earlier, version: UNKNOWN_VERSION };
  await tools.promises.reached(promise.id, { channel, ts }, keep && { key: keep, version });
  return ts;
}

/**
 * A render that is owed because the subject moved while its first message was on the way: a change that came before the
 * message was written down found nothing to edit. To be asked after `postOnce`.
 */
export async function renderIfOlder(tools: DeliveryTools, key: MessageKey): Promise<Delivery[]> {
  const [shown, newest] = [await tools.promises.shown(key), await versionBehind(key, tools)];
  return shown !== null && newest !== null && newest > shown.version ? [{ kind: 'render', key }] : [];
}

async function postNow(
  tools: DeliveryTools,
  promise: TakenPromise,
  channel: string,
  message: Message,
): Promise<{ ts: string; version: number }> {
  const { text, blocks, version } = await renderNow(tools, message);
  const { ts } = await tools.slack.chat.postMessage({
    channel,
    text,
    blocks,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: METADATA_TYPE, event_payload: { id: promise.id } },
  });
  if (ts === undefined) throw new Error('Slack posted a message and did not say under which ts.');
  return { ts, version };
}
