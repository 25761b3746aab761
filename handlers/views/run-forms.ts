import { startedAnswer, takenAnswer } from '../../blocks/run-answers.ts';
import { RUN_TICK_MODAL, readRunChecklistModal } from '../../blocks/run-checklist-modal.ts';
import { RUN_DONE_MODAL, readRunDoneModal } from '../../blocks/run-done-modal.ts';
import { RUN_SHOW_PICKER, RUN_TAKE_PICKER, readRunPicker } from '../../blocks/run-picker.ts';
import {
  RUN_CANNOT_MODAL,
  RUN_DECLINE_MODAL,
  RUN_SKIP_MODAL,
  RUN_WAIVE_MODAL,
  readRunReasonModal,
  readRunWaiveModal,
} from '../../blocks/run-reason-modals.ts';
import { RUN_SNOOZE_MODAL, readRunSnoozeModal } from '../../blocks/run-snooze-modal.ts';
import { RUN_START_PICKER, readRunStartPicker } from '../../blocks/run-start-picker.ts';
import { answerOf, shownInModal } from '../answers.ts';
import { closingForm } from '../closing-form.ts';
import type { Submission } from '../registry.ts';
import { runCardAnswer } from '../work-on-run.ts';

const taken: Submission = {
  id: RUN_TAKE_PICKER,
  permission: 'duty.work',
  run: async ({ caller, view }, { verbs }) =>
    shownInModal(answerOf(await verbs.takeRun(caller, readRunPicker(view)), takenAnswer)),
};

const shown: Submission = {
  id: RUN_SHOW_PICKER,
  permission: null,
  run: async ({ view }, deps) => shownInModal(await runCardAnswer(deps, readRunPicker(view).number)),
};

const started: Submission = {
  id: RUN_START_PICKER,
  permission: 'duty.run',
  async run({ caller, view }, { verbs }) {
    const chosen = readRunStartPicker(view);
    const outcome =
      'run' in chosen ? await verbs.startRun(caller, { number: chosen.run }) : await verbs.startDuty(caller, chosen);
    return shownInModal(answerOf(outcome, startedAnswer));
  },
};

/** Every form about a run. */
export const runForms: readonly Submission[] = [
  taken,
  shown,
  started,
  closingForm(RUN_DONE_MODAL, 'duty.work', readRunDoneModal, (verbs, ...input) => verbs.finishRun(...input)),
  closingForm(RUN_TICK_MODAL, 'duty.work', readRunChecklistModal, (verbs, ...input) => verbs.tickRun(...input)),
  closingForm(RUN_SKIP_MODAL, 'duty.skip', readRunReasonModal, (verbs, ...input) => verbs.skipRun(...input)),
  closingForm(RUN_SNOOZE_MODAL, 'duty.work', readRunSnoozeModal, (verbs, ...input) => verbs.snoozeRun(...input)),
  closingForm(RUN_CANNOT_MODAL, 'duty.work', readRunReasonModal, (verbs, ...input) => verbs.cannotRun(...input)),
  closingForm(RUN_DECLINE_MODAL, 'duty.approve', readRunReasonModal, (verbs, ...input) => verbs.declineRun(...input)),
  closingForm(RUN_WAIVE_MODAL, 'duty.waive', readRunWaiveModal, (verbs, ...input) => verbs.waiveRun(...input)),
];
