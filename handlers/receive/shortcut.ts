import type { SlackShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { callerOf } from '../caller.ts';
import type { Answer, ShortcutMessage } from '../registry.ts';
import { shortcutKey } from '../request-key.ts';
import type { Reception } from './context.ts';
import { failedAnswer, isRefusal, opener, replyAfterAck } from './message.ts';
import { serve } from './serve.ts';

/** The one listener for shortcuts. A global one has no place to answer in. */
export function receiveShortcuts(reception: Reception) {
  const { deps, index } = reception;

  return ({ shortcut: sent, ack, respond }: SlackShortcutMiddlewareArgs<SlackShortcut>): Promise<void> => {
    const key = shortcutKey(sent.trigger_id);
    const openModal = opener(deps.views, sent.trigger_id);

    return serve<Answer | null>(reception, {
      received: { kind: 'shortcut', name: sent.callback_id, key },
      reply: replyAfterAck(() => ack(), sent.type === 'message_action' ? respond : null, openModal),
      async work() {
        const shortcut = index.shortcuts.get(sent.callback_id);
        if (shortcut === undefined) {
          deps.log.warn({ shortcut: sent.callback_id }, 'a shortcut was used that this version does not know');
          return { text: 'This version of Mainstay does not know this shortcut.', refused: true };
        }
        const call = {
          caller: await callerOf(sent.user.id, key, shortcut.permission, deps),
          user: sent.user.id,
          message: messageOf(sent),
          openModal,
        };
        return shortcut.run(call, deps);
      },
      failed: failedAnswer,
      isRefusal,
    });
  };
}

function messageOf(sent: SlackShortcut): ShortcutMessage | null {
  return sent.type === 'message_action' ? { channel: sent.channel.id, ts: sent.message_ts } : null;
}
