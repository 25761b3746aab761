import { pagedAnswer } from '../../blocks/page-answers.ts';
import { PAGE_MODAL, readPageModal } from '../../blocks/page-modal.ts';
import { refusalInModal, shownInModal } from '../answers.ts';
import type { Submission } from '../registry.ts';

const sent: Submission = {
  id: PAGE_MODAL,
  permission: 'page.send',
  async run({ caller, view }, { verbs }) {
    const outcome = await verbs.sendPage(caller, readPageModal(view));
    return outcome.ok ? shownInModal({ text: pagedAnswer(outcome.value) }) : refusalInModal(outcome.refusal, view);
  },
};

/** Every form about a page. */
export const pageForms: readonly Submission[] = [sent];
