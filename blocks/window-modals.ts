import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { NewEnd } from '../src/domain/window/new-end.ts';
import { submitted, textField, timeField } from './form.ts';
import type { SubmittedView } from './submission.ts';
import { type AboutWindow, onlyWindow, readWindowForm, windowForm } from './window-form.ts';

export const WINDOW_EXTEND_MODAL = 'window.extend';
export const WINDOW_CANCEL_MODAL = 'window.cancel';

const HALF_AN_HOUR = 30 * 60_000;

/** Asks until when it takes, and why; half an hour more unless something was typed. */
export function windowExtendModal(about: AboutWindow, now: Date, end: NewEnd | null = null, reason = ''): ModalView {
  const window = onlyWindow(about);
  const from = Math.max(now.getTime(), window === null ? 0 : Date.parse(window.endsAt));
  const until = end !== null && 'until' in end ? end.until : new Date(from + (end?.by ?? HALF_AN_HOUR));
  const hint = 'Everybody who was told of its end is told of the new one.';
  return windowForm({ id: WINDOW_EXTEND_MODAL, title: 'Extend it', submit: 'Extend' }, about, [
    timeField('until', { label: 'Until when?', hint }, until, false),
    textField('reason', { label: 'Why?' }, { initial: reason, lines: 'one', optional: true }),
  ]);
}

const extension = z.object({ until: submitted.time.pipe(z.date()), reason: submitted.text });

export function readWindowExtendModal(view: SubmittedView): { number: number; end: NewEnd; reason: string } {
  const { number, fields } = readWindowForm(view, extension);
  return { number, end: { until: fields.until }, reason: fields.reason };
}

/** Asks why it does not take place. */
export function windowCancelModal(about: AboutWindow, reason = ''): ModalView {
  const hint = 'Whoever was told of it hears that it does not take place, and why.';
  return windowForm({ id: WINDOW_CANCEL_MODAL, title: 'Cancel the window', submit: 'Cancel it' }, about, [
    textField('reason', { label: 'Why?', hint }, { initial: reason }),
  ]);
}

export function readWindowCancelModal(view: SubmittedView): { number: number; reason: string } {
  const { number, fields } = readWindowForm(view, z.object({ reason: submitted.text }));
  return { number, ...fields };
}

/** What can be asked for without naming a window and has no form of its own: a picker for each, as their permission differs. */
export const WINDOW_START_PICKER = 'window.pick-start';
export const WINDOW_END_PICKER = 'window.pick-end';
export const WINDOW_APPROVE_PICKER = 'window.pick-approve';
export const WINDOW_INFO_PICKER = 'window.pick-info';

const PICKERS = {
  start: { id: WINDOW_START_PICKER, title: 'Which one begins?', submit: 'Start' },
  end: { id: WINDOW_END_PICKER, title: 'Which one ends?', submit: 'End' },
  approve: { id: WINDOW_APPROVE_PICKER, title: 'Which one?', submit: 'Approve' },
  info: { id: WINDOW_INFO_PICKER, title: 'Which one?', submit: 'Show' },
} as const;

export function windowPicker(verb: keyof typeof PICKERS): (about: AboutWindow) => ModalView {
  return (about) => windowForm(PICKERS[verb], about, []);
}

export function readWindowPicker(view: SubmittedView): { number: number } {
  return { number: readWindowForm(view, z.object({})).number };
}
