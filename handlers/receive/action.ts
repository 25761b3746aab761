import type { BlockAction, BlockElementAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { noticeView } from '../../blocks/notice.ts';
import { callerOf } from '../caller.ts';
import type { Answer } from '../registry.ts';
import { actionKey } from '../request-key.ts';
import type { Reception } from './context.ts';
import { failedAnswer, isRefusal, opener, toSlack } from './message.ts';
import { serve } from './serve.ts';

/** The one listener for clicks. A click's acknowledgement cannot carry words: they follow at once, only for who clicked. */
export function receiveActions(reception: Reception) {
  const { deps, index } = reception;

  return ({ action: sent, body, ack, respond }: SlackActionMiddlewareArgs<BlockAction>): Promise<void> => {
    const key = actionKey(body.trigger_id, sent.action_id);
    const openModal = opener(deps.views, body.trigger_id);

    const say = async (answer: Answer | null): Promise<void> => {
      if (answer === null) return;
      // App Home and modals have no response_url; there the answer is shown over them.
      if (body.response_url) await respond(toSlack(answer));
      else await openModal(noticeView(answer.text, answer.blocks));
    };

    return serve<Answer | null>(reception, {
      received: { kind: 'action', name: sent.action_id, key },
      reply: {
        async now(answer) {
          await ack();
          await say(answer);
        },
        early: () => ack(),
        later: say,
      },
      async work() {
        const action = index.actions.get(sent.action_id);
        // A link is a button too: Slack reports the click on it, and there is nothing to do.
        if (action === undefined) return 'url' in sent ? null : oldButton(reception, sent.action_id);
        const call = {
          caller: await callerOf(body.user.id, key, action.permission, deps),
          user: body.user.id,
          value: chosenValue(sent),
          channel: body.channel?.id ?? null,
          openModal,
        };
        return action.run(call, deps);
      },
      failed: failedAnswer,
      isRefusal,
    });
  };
}

function oldButton({ deps }: Reception, id: string): Answer {
  deps.log.warn({ action: id }, 'a button was clicked that this version does not know');
  return { text: 'This button belongs to an older message and does nothing any more.', refused: true };
}

function chosenValue(action: BlockElementAction): string {
  if ('value' in action && typeof action.value === 'string') return action.value;
  if ('selected_option' in action) return action.selected_option?.value ?? '';
  if ('selected_user' in action) return action.selected_user;
  return '';
}
