import { takenAnswer } from '../../blocks/run-answers.ts';
import { RUN_TICK_MODAL, readRunChecklistModal } from '../../blocks/run-checklist-modal.ts';
import { RUN_DONE_MODAL, readRunDoneModal } from '../../blocks/run-done-modal.ts';
import { RUN_SHOW_PICKER, RUN_TAKE_PICKER, readRunPicker } from '../../blocks/run-picker.ts';
import {
  RUN_CANNOT_MODAL,
  RUN_SKIP_MODAL,
  RUN_WAIVE_MODAL,
  readRunReasonModal,
  readRunWaiveModal,
} from '../../blocks/run-reason-modals.ts';
import { RUN_SNOOZE_MODAL, readRunSnoozeModal } from '../../blocks/run-snooze-modal.ts';
import type { DutyRun } from '../../src/domain/duty/run.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { PermissionVerb } from '../../src/domain/permissions.ts';
import type { Caller } from '../../src/usecases/ports.ts';
import { answerOf, refusalInModal, shownInModal } from '../answers.ts';
import type { Submission, SubmittedView } from '../registry.ts';
import type { Verbs } from '../verbs.ts';
import { runCardAnswer } from '../work-on-run.ts';

/** A form whose submission does one thing to one run, and closes: the run's card shows it. */
function form<Read>(
  id: string,
  permission: PermissionVerb,
  read: (view: SubmittedView) => Read,
  act: (verbs: Verbs, caller: Caller, read: Read) => Promise<Outcome<DutyRun>>,
): Submission {
  return {
    id,
    permission,
    async run({ caller, view }, { verbs }) {
      const outcome = await act(verbs, caller, read(view));
      return outcome.ok ? { kind: 'close' } : refusalInModal(outcome.refusal, view);
    },
  };
}

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

/** Every form about a run. */
export const runForms: readonly Submission[] = [
  taken,
  shown,
  form(RUN_DONE_MODAL, 'duty.work', readRunDoneModal, (verbs, ...input) => verbs.finishRun(...input)),
  form(RUN_TICK_MODAL, 'duty.work', readRunChecklistModal, (verbs, ...input) => verbs.tickRun(...input)),
  form(RUN_SKIP_MODAL, 'duty.skip', readRunReasonModal, (verbs, ...input) => verbs.skipRun(...input)),
  form(RUN_SNOOZE_MODAL, 'duty.work', readRunSnoozeModal, (verbs, ...input) => verbs.snoozeRun(...input)),
  form(RUN_CANNOT_MODAL, 'duty.work', readRunReasonModal, (verbs, ...input) => verbs.cannotRun(...input)),
  form(RUN_WAIVE_MODAL, 'duty.waive', readRunWaiveModal, (verbs, ...input) => verbs.waiveRun(...input)),
];
