import type { RespondArguments, RespondFn } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { noticeView } from '../../blocks/notice.ts';
import { ViewNotShown } from '../../src/usecases/slack-errors.ts';
import type { Reply } from '../ack.ts';
import type { Views } from '../deps.ts';
import type { Answer } from '../registry.ts';

/** An answer as Slack takes it in an acknowledgement and at a response_url. Never replaces the message it is about. */
export function toSlack({ text, blocks, public: isPublic }: Answer): RespondArguments {
  const body: RespondArguments = {
    response_type: isPublic === true ? 'in_channel' : 'ephemeral',
    replace_original: false,
    text,
  };
  return blocks === undefined ? body : { ...body, blocks: [...blocks] };
}

export const failedAnswer = (sentence: string): Answer => ({ text: sentence });

export const isRefusal = (answer: Answer | null): boolean => answer?.refused === true;

/**
 * For payloads whose acknowledgement cannot carry words: they follow it, only for who acted. Without a place to answer in (App
 * Home, a modal, a global shortcut: `respond` is null) they are shown over what is there.
 */
export function replyAfterAck(
  ack: () => Promise<void>,
  respond: RespondFn | null,
  openModal: (view: ModalView) => Promise<void>,
): Reply<Answer | null> {
  const say = async (answer: Answer | null): Promise<void> => {
    if (answer === null) return;
    if (respond === null) await openModal(noticeView(answer.text, answer.blocks));
    else await respond(toSlack(answer));
  };
  return {
    async now(answer) {
      await ack();
      await say(answer);
    },
    early: ack,
    later: say,
  };
}

/** Opens modals with one trigger. A trigger already used means that this is a second delivery: the modal is there. */
export function opener(views: Views, triggerId: string): (view: ModalView) => Promise<void> {
  return async (view) => {
    try {
      await views.open(triggerId, view);
    } catch (error) {
      if (error instanceof ViewNotShown && error.reason === 'exchanged_trigger_id') return;
      throw error;
    }
  };
}
