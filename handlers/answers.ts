import { plainLine, privateMrkdwn } from '../blocks/escape.ts';
import { noticeView } from '../blocks/notice.ts';
import type { Outcome, Refusal } from '../src/domain/outcome.ts';
import type { Answer, ModalAnswer, SubmittedView } from './registry.ts';

/** Longest error Slack shows at a field. */
const FIELD_ERROR = 150;

/** A "no" as an answer, for who asked alone. Refusals and problems are plain sentences that may repeat what was typed. */
export function refusalAnswer(sentence: string): Answer {
  return { text: privateMrkdwn(sentence), refused: true };
}

/** What a verb came to, for whoever typed or clicked it. */
export function answerOf<State>(outcome: Outcome<State>, sentence: (state: State) => string): Answer {
  return outcome.ok ? { text: sentence(outcome.value) } : refusalAnswer(outcome.refusal.message);
}

/** A "no" at the field it is about; where the form has no such field, in place of the form. */
export function refusalInModal({ field, message }: Refusal, view: SubmittedView): ModalAnswer {
  if (field !== undefined && field in view.state.values) {
    return { kind: 'errors', errors: { [field]: plainLine(message.replaceAll('`', ''), FIELD_ERROR) } };
  }
  return shownInModal(refusalAnswer(message));
}

/** Something to read in place of the form. */
export function shownInModal({ text, blocks, refused = false }: Answer): ModalAnswer {
  return { kind: 'show', view: noticeView(text, blocks), refused };
}
