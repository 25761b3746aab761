import { messageBehind, renderNow, versionBehind } from './render-now.ts';
import { type DeliveryTools, KEPT, type Kept, type Taken } from './tools.ts';

/**
 * Edits a message of ours so that it shows what it is about as that is now. Nothing to do when it shows that already, unless
 * it is to be drawn anew, and when it is not posted yet: the post will show what is newest then.
 */
export async function keepRender(promise: Taken<'render'>, tools: DeliveryTools): Promise<Kept> {
  const { key, anew = false } = promise.intent;
  const shown = await tools.promises.shown(key);
  const newest = await versionBehind(key, tools);
  if (shown === null || newest === null) return KEPT;
  if (anew ? newest < shown.version : newest <= shown.version) return KEPT;

  const { text, blocks, version } = await renderNow(tools, messageBehind(key));
  await tools.slack.chat.update({ channel: shown.channel, ts: shown.ts, text, blocks });
  await tools.promises.showing(key, version);
  return KEPT;
}
