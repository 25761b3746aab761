import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { type AboutRun, readRunForm, runForm } from './run-form.ts';
import type { SubmittedView } from './submission.ts';

/** What can be asked for without naming a run and has no form of its own: one picker for each, as their permission differs. */
export const RUN_TAKE_PICKER = 'run.pick-take';
export const RUN_SHOW_PICKER = 'run.pick-show';

export function runTakePicker(about: AboutRun): ModalView {
  return runForm({ id: RUN_TAKE_PICKER, title: 'Which one do you take?', submit: 'Take' }, about, []);
}

export function runShowPicker(about: AboutRun): ModalView {
  return runForm({ id: RUN_SHOW_PICKER, title: 'Which one?', submit: 'Show' }, about, []);
}

export function readRunPicker(view: SubmittedView): { number: number } {
  return { number: readRunForm(view, z.object({})).number };
}
