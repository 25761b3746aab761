import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { submitted, textField, timeField } from './form.ts';
import { type AboutRun, readRunForm, runForm } from './run-form.ts';
import type { SubmittedView } from './submission.ts';

export const RUN_SKIP_MODAL = 'run.skip';
export const RUN_CANNOT_MODAL = 'run.cannot';
export const RUN_DECLINE_MODAL = 'run.decline';
export const RUN_WAIVE_MODAL = 'run.waive';

/** Asks why this occurrence will not be done. */
export function runSkipModal(about: AboutRun, reason = ''): ModalView {
  const hint = 'It stays on record. The next one is asked for as ever.';
  return runForm({ id: RUN_SKIP_MODAL, title: 'Skip it this time', submit: 'Skip' }, about, [
    textField('reason', { label: 'Why is it skipped?', hint }, { initial: reason }),
  ]);
}

/** Asks what is in the way of the person who was asked. */
export function runCannotModal(about: AboutRun, reason = ''): ModalView {
  const hint = 'The channel hears of it, and the next contact is told at once.';
  return runForm({ id: RUN_CANNOT_MODAL, title: 'Say that you cannot', submit: 'Tell them' }, about, [
    textField('reason', { label: 'What is in the way?', hint }, { initial: reason }),
  ]);
}

/** Asks why what the preview says is not to be run. */
export function runDeclineModal(about: AboutRun): ModalView {
  const hint = 'Nothing is run. The duty stays due, and people see to it.';
  return runForm({ id: RUN_DECLINE_MODAL, title: 'Decline', submit: 'Decline' }, about, [
    textField('reason', { label: 'Why is it not to run?', hint }, {}),
  ]);
}

/** Asks why it need not be done, and until when that holds. Whoever submits it answers for it. */
export function runWaiveModal(about: AboutRun, reason = ''): ModalView {
  const hint = 'You answer for it, by name.';
  const until = {
    label: 'Until when?',
    hint: 'What is due until then is waived too. Leave it empty for this one alone.',
  };
  return runForm({ id: RUN_WAIVE_MODAL, title: 'Waive it', submit: 'Waive' }, about, [
    textField('reason', { label: 'Why need it not be done?', hint }, { initial: reason }),
    timeField('until', until, null),
  ]);
}

const reason = z.object({ reason: submitted.text });

/** Reads the forms that ask only for a reason: skip, cannot and decline. */
export function readRunReasonModal(view: SubmittedView): { number: number; reason: string } {
  const read = readRunForm(view, reason);
  return { number: read.number, ...read.fields };
}

const waiver = z.object({ reason: submitted.text, until: submitted.time });

export function readRunWaiveModal(view: SubmittedView): { number: number; reason: string; until: Date | null } {
  const read = readRunForm(view, waiver);
  return { number: read.number, ...read.fields };
}
