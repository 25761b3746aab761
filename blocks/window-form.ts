import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { windowSubject } from '../src/domain/event.ts';
import type { MaintenanceWindow } from '../src/domain/window/window.ts';
import { context, plainText } from './elements.ts';
import { choiceField, submitted } from './form.ts';
import { readSubmission, type SubmittedView } from './submission.ts';
import { spanWords, windowEmoji, windowName } from './window-words.ts';

/** What a form is about: one window, or one still to be chosen among these (at least one). */
export type AboutWindow = MaintenanceWindow | readonly [MaintenanceWindow, ...MaintenanceWindow[]];

interface WindowFormWords {
  readonly id: string;
  /** At most 24 characters each. */
  readonly title: string;
  readonly submit: string;
}

/** A modal about a window: its name and when it is, or a menu of windows, and then the form's own fields. */
export function windowForm(words: WindowFormWords, about: AboutWindow, fields: readonly KnownBlock[]): ModalView {
  const window = onlyWindow(about);
  return {
    type: 'modal',
    callback_id: words.id,
    private_metadata: JSON.stringify({ window: window?.number ?? null }),
    title: plainText(words.title),
    submit: plainText(words.submit),
    close: plainText('Cancel'),
    blocks: [window === null ? windowField(windowsOf(about)) : nameOf(window), ...fields],
  };
}

/** The window a form is about, when that is known before it is filled in. */
export function onlyWindow(about: AboutWindow): MaintenanceWindow | null {
  const list = windowsOf(about);
  return list.length === 1 ? (list[0] ?? null) : null;
}

function windowsOf(about: AboutWindow): readonly MaintenanceWindow[] {
  return 'number' in about ? [about] : about;
}

function nameOf(window: MaintenanceWindow): KnownBlock {
  return context(`${windowEmoji(window)} ${windowName(window)}, ${spanWords(window)}`);
}

/** A menu of windows; the field is called `window`. */
function windowField(windows: readonly MaintenanceWindow[]): KnownBlock {
  const choices = windows.map(({ number, title, startsAt }) => ({
    value: String(number),
    words: `${windowSubject(number)} ${title}`,
    description: `begins ${startsAt.slice(0, 16).replace('T', ' ')} UTC`,
  }));
  return choiceField('window', { label: 'Maintenance window', placeholder: 'Which one?' }, choices, {});
}

const carriedSchema = z.object({ window: z.number().int().nullable() });
const chosen = z.object({ window: submitted.choice });

/** Reads a form made by `windowForm`: the window it is about, and its own fields. */
export function readWindowForm<Fields extends z.ZodType>(
  view: SubmittedView,
  fields: Fields,
): { number: number; fields: z.output<Fields> } {
  const read = readSubmission(view, carriedSchema, fields);
  return { number: read.carried.window ?? Number(chosen.parse(view.state.values).window), fields: read.fields };
}
