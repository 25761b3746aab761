import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { submitted, timeField } from './form.ts';
import { type AboutRun, readRunForm, runForm } from './run-form.ts';
import type { SubmittedView } from './submission.ts';

export const RUN_SNOOZE_MODAL = 'run.snooze';

/** Asks when to remind the person again. */
export function runSnoozeModal(about: AboutRun, until: Date): ModalView {
  const words = {
    label: 'Remind me again',
    hint: 'When it is due, late and missed stays as it is, and others are still told.',
  };
  return runForm({ id: RUN_SNOOZE_MODAL, title: 'Snooze', submit: 'Snooze' }, about, [
    timeField('until', words, until, false),
  ]);
}

const fields = z.object({ until: submitted.time.pipe(z.date()) });

export function readRunSnoozeModal(view: SubmittedView): { number: number; until: Date } {
  const read = readRunForm(view, fields);
  return { number: read.number, ...read.fields };
}
