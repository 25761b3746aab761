import type { Message, MessageKey } from '../../../domain/delivery.ts';
import { numberIn, renderNow } from './render-now.ts';
import { type DeliveryTools, KEPT, type Kept, type Taken } from './tools.ts';

/**
 * Edits a message of ours so that it shows its incident as it is now. Nothing to do when it shows that already, and when it
 * is not posted yet: the post will show what is newest then.
 */
export async function keepRender(promise: Taken<'render'>, tools: DeliveryTools): Promise<Kept> {
  const { key } = promise.intent;
  const shown = await tools.promises.shown(key);
  const incident = await tools.incidents.incident(numberIn(key));
  if (shown === null || incident === null || incident.version <= shown.version) return KEPT;

  const { text, blocks, version } = await renderNow(tools, messageOf(key));
  await tools.slack.chat.update({ channel: shown.channel, ts: shown.ts, text, blocks });
  await tools.promises.showing(key, version);
  return KEPT;
}

function messageOf(key: MessageKey): Message {
  const type = key.split(':')[2] === 'card' ? 'incident-card' : 'incident-announcement';
  return { type, incident: numberIn(key) };
}
