import { approvedAnswer, endedAnswer, plannedAnswer, startedAnswer } from '../../blocks/window-answers.ts';
import {
  readWindowCancelModal,
  readWindowExtendModal,
  readWindowPicker,
  WINDOW_APPROVE_PICKER,
  WINDOW_CANCEL_MODAL,
  WINDOW_END_PICKER,
  WINDOW_EXTEND_MODAL,
  WINDOW_INFO_PICKER,
  WINDOW_START_PICKER,
} from '../../blocks/window-modals.ts';
import { readWindowPlanModal, WINDOW_PLAN_MODAL } from '../../blocks/window-plan-modal.ts';
import { readWindowReportModal, WINDOW_REPORT_MODAL } from '../../blocks/window-report-modal.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { PermissionVerb } from '../../src/domain/permissions.ts';
import type { MaintenanceWindow } from '../../src/domain/window/window.ts';
import type { Caller } from '../../src/usecases/ports.ts';
import { answerOf, refusalInModal, shownInModal } from '../answers.ts';
import { closingForm } from '../closing-form.ts';
import type { Submission } from '../registry.ts';
import type { Verbs } from '../verbs.ts';
import { windowInfoAnswer } from '../work-on-window.ts';

/** What its planner should know is said in place of the form: that it is long, overlaps another, waits for approval. */
const planned: Submission = {
  id: WINDOW_PLAN_MODAL,
  permission: 'window.plan',
  async run({ caller, view }, { verbs }) {
    const outcome = await verbs.planWindow(caller, readWindowPlanModal(view));
    return outcome.ok ? shownInModal({ text: plannedAnswer(outcome.value) }) : refusalInModal(outcome.refusal, view);
  },
};

/** The window was chosen: the very thing that was asked for goes on. */
function picked(
  id: string,
  permission: PermissionVerb,
  act: (verbs: Verbs, caller: Caller, input: { readonly number: number }) => Promise<Outcome<MaintenanceWindow>>,
  answer: (window: MaintenanceWindow) => string,
): Submission {
  return {
    id,
    permission,
    run: async ({ caller, view }, { verbs }) =>
      shownInModal(answerOf(await act(verbs, caller, readWindowPicker(view)), answer)),
  };
}

const shown: Submission = {
  id: WINDOW_INFO_PICKER,
  permission: null,
  run: async ({ view }, deps) => shownInModal(await windowInfoAnswer(deps, readWindowPicker(view).number)),
};

/** Every form about a window. */
export const windowForms: readonly Submission[] = [
  planned,
  shown,
  picked(WINDOW_APPROVE_PICKER, 'window.approve', (verbs, ...input) => verbs.approveWindow(...input), approvedAnswer),
  picked(WINDOW_START_PICKER, 'window.start', (verbs, ...input) => verbs.startWindow(...input), startedAnswer),
  picked(WINDOW_END_PICKER, 'window.end', (verbs, ...input) => verbs.finishWindow(...input), endedAnswer),
  closingForm(WINDOW_EXTEND_MODAL, 'window.extend', readWindowExtendModal, (verbs, ...input) =>
    verbs.extendWindow(...input),
  ),
  closingForm(WINDOW_CANCEL_MODAL, 'window.cancel', readWindowCancelModal, (verbs, ...input) =>
    verbs.cancelWindow(...input),
  ),
  closingForm(WINDOW_REPORT_MODAL, 'window.end', readWindowReportModal, (verbs, ...input) =>
    verbs.reportWindow(...input),
  ),
];
