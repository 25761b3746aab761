import type { BlockAction, BlockElementAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { callerOf } from '../caller.ts';
import type { Answer } from '../registry.ts';
import { actionKey } from '../request-key.ts';
import type { Reception } from './context.ts';
import { failedAnswer, isRefusal, opener, replyAfterAck } from './message.ts';
import { serve } from './serve.ts';

/** The one listener for clicks. App Home and modals have no response_url to answer at. */
export function receiveActions(reception: Reception) {
  const { deps, index } = reception;

  return ({ action: sent, body, ack, respond }: SlackActionMiddlewareArgs<BlockAction>): Promise<void> => {
    const key = actionKey(body.trigger_id, sent.action_id);
    const openModal = opener(deps.views, body.trigger_id);

    return serve<Answer | null>(reception, {
      received: { kind: 'action', name: sent.action_id, key },
      reply: replyAfterAck(() => ack(), body.response_url ? respond : null, openModal),
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
