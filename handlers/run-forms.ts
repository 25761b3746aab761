import { runDoneModal } from '../blocks/run-done-modal.ts';
import { runShowPicker, runTakePicker } from '../blocks/run-picker.ts';
import { runCannotModal, runDeclineModal, runSkipModal, runWaiveModal } from '../blocks/run-reason-modals.ts';
import { runSnoozeModal } from '../blocks/run-snooze-modal.ts';
import type { Evidence } from '../src/domain/duty/events.ts';
import type { RunForm } from './work-on-run.ts';

const HOUR = 3_600_000;

/** The forms that ask for words about a run; a verb typed without them and its button open the same one. */
export const RUN_FORMS = {
  done: (typed: readonly Evidence[] = []): RunForm => ({ move: 'done', view: (about) => runDoneModal(about, typed) }),
  skip: (reason = ''): RunForm => ({ move: 'skip', view: (about) => runSkipModal(about, reason) }),
  cannot: (reason = ''): RunForm => ({ move: 'cannot', view: (about) => runCannotModal(about, reason) }),
  waive: (reason = ''): RunForm => ({ move: 'waive', view: (about) => runWaiveModal(about, reason) }),
  decline: (): RunForm => ({ move: 'decline', view: (about) => runDeclineModal(about) }),
  /** Without a time, in an hour. */
  snooze: (now: Date, until: Date | null = null): RunForm => ({
    move: 'snooze',
    view: (about) => runSnoozeModal(about, until ?? new Date(now.getTime() + HOUR)),
  }),
  take: { move: 'take', view: runTakePicker } satisfies RunForm,
  show: { move: null, view: runShowPicker } satisfies RunForm,
};
