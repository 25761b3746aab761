import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { noticeView } from '../../blocks/notice.ts';
import { shownInModal } from '../answers.ts';
import { callerOf } from '../caller.ts';
import type { ModalAnswer } from '../registry.ts';
import { submissionKey } from '../request-key.ts';
import type { Reception } from './context.ts';
import { serve } from './serve.ts';

/** The one listener for submitted modals. */
export function receiveSubmissions(reception: Reception) {
  const { deps, index } = reception;

  return ({ body, view, ack }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const key = submissionKey(view);
    return serve<ModalAnswer>(reception, {
      received: { kind: 'submission', name: view.callback_id, key },
      reply: {
        now: (answer) => acknowledge(ack, answer),
        early: () => acknowledge(ack, shownInModal({ text: 'Still working on it…' })),
        async later(answer) {
          await deps.views.update(view.id, laterView(answer));
        },
      },
      async work() {
        const submission = index.submissions.get(view.callback_id);
        if (submission === undefined) {
          deps.log.warn({ view: view.callback_id }, 'a form was submitted that this version does not know');
          return shownInModal({
            text: 'This form belongs to an older version of Mainstay. Please open it again.',
            refused: true,
          });
        }
        const call = {
          caller: await callerOf(body.user.id, key, submission.permission, deps),
          user: body.user.id,
          view,
        };
        return submission.run(call, deps);
      },
      failed: (text) => shownInModal({ text }),
      isRefusal: (answer) => answer.kind === 'errors' || (answer.kind === 'show' && answer.refused === true),
    });
  };
}

function acknowledge(ack: SlackViewMiddlewareArgs<ViewSubmitAction>['ack'], answer: ModalAnswer): Promise<void> {
  switch (answer.kind) {
    case 'close':
      return ack();
    case 'errors':
      return ack({ response_action: 'errors', errors: { ...answer.errors } });
    case 'show':
      return ack({ response_action: 'update', view: answer.view });
  }
}

/** Once acknowledged, a modal can neither close nor show errors at its fields: it says how it went instead. */
function laterView(answer: ModalAnswer) {
  switch (answer.kind) {
    case 'close':
      return noticeView('Done. You can close this.');
    case 'errors':
      return noticeView(Object.values(answer.errors).join('\n'));
    case 'show':
      return answer.view;
  }
}
