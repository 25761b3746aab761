import type { SlackShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { noticeView } from '../../blocks/notice.ts';
import { callerOf } from '../caller.ts';
import type { Answer, ShortcutMessage } from '../registry.ts';
import { shortcutKey } from '../request-key.ts';
import type { Reception } from './context.ts';
import { failedAnswer, isRefusal, opener, toSlack } from './message.ts';
import { serve } from './serve.ts';

/** The one listener for shortcuts. A global one has no place to answer in: its answer is shown as a modal. */
export function receiveShortcuts(reception: Reception) {
  const { deps, index } = reception;

  return ({ shortcut: sent, ack, respond }: SlackShortcutMiddlewareArgs<SlackShortcut>): Promise<void> => {
    const key = shortcutKey(sent.trigger_id);
    const openModal = opener(deps.views, sent.trigger_id);

    const say = async (answer: Answer | null): Promise<void> => {
      if (answer === null) return;
      if (sent.type === 'message_action') await respond(toSlack(answer));
      else await openModal(noticeView(answer.text, answer.blocks));
    };

    return serve<Answer | null>(reception, {
      received: { kind: 'shortcut', name: sent.callback_id, key },
      reply: {
        async now(answer) {
          await ack();
          await say(answer);
        },
        early: () => ack(),
        later: say,
      },
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
