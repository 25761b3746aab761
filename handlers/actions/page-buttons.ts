import { acknowledgedAnswer } from '../../blocks/page-answers.ts';
import type { PageButton } from '../../blocks/page-buttons.ts';
import { answerOf } from '../answers.ts';
import { buttonNumber } from '../button-number.ts';
import { pageAnswer } from '../ops-page.ts';
import type { Action } from '../registry.ts';

const acknowledge: Action = {
  id: 'page.acknowledge' satisfies PageButton,
  permission: 'page.acknowledge',
  run: async (call, { verbs }) =>
    answerOf(await verbs.acknowledgePage(call.caller, { number: buttonNumber(call, "page's") }), acknowledgedAnswer),
};

const show: Action = {
  id: 'page.show' satisfies PageButton,
  permission: null,
  run: (call, deps) => pageAnswer(deps, buttonNumber(call, "page's")),
};

/** Every button of a page, wherever it is shown. */
export const pageButtons: readonly Action[] = [acknowledge, show];
