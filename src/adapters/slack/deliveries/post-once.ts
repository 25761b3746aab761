import type { Delivery, Message, MessageKey } from '../../../domain/delivery.ts';
import type { TakenPromise } from '../../../usecases/delivery-port.ts';
import { findPost, METADATA_TYPE } from './find-post.ts';
import { withPicture } from './picture.ts';
import { renderNow, UNKNOWN_VERSION, versionBehind } from './render-now.ts';
import type { DeliveryTools } from './tools.ts';

/** Where a message is, and what of it could not be posted. */
interface PostedOnce {
  readonly ts: string;
  readonly remark: string | null;
}

/**
 * Posts the promise's message unless an earlier attempt did, and writes down where it is.
 *
 * @param keep under which key the message can be edited from then on
 */
export async function postOnce(
  tools: DeliveryTools,
  promise: TakenPromise,
  post: { readonly channel: string; readonly message: Message; readonly keep?: MessageKey | undefined },
): Promise<PostedOnce> {
  if (promise.ts !== null) return { ts: promise.ts, remark: null };
  const { channel, message, keep } = post;
  const earlier = promise.triedAt === null ? null : await findPost(tools, channel, promise.id, promise.triedAt);
  const { ts, version, remark } =
    earlier === null
      ? await postNow(tools, promise, channel, message)
      : { ts: earlier, version: UNKNOWN_VERSION, remark: null };
  await tools.promises.reached(promise.id, { channel, ts }, keep && { key: keep, version });
  return { ts, remark };
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
): Promise<PostedOnce & { version: number }> {
  const { answer, remark } = await withPicture(tools, message, async (picture) => {
    const { text, blocks, version } = await renderNow(tools, message, picture);
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
  });
  return { ...answer, remark };
}
