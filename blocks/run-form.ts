import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { DutyRun } from '../src/domain/duty/run.ts';
import { runSubject } from '../src/domain/event.ts';
import { context, plainText } from './elements.ts';
import { choiceField, submitted } from './form.ts';
import { RUN_EMOJI, runName, stateWords } from './run-words.ts';
import { readSubmission, type SubmittedView } from './submission.ts';
import { when } from './words.ts';

/** What a form is about: one run, or one still to be chosen among these (at least one). */
export type AboutRun = DutyRun | readonly [DutyRun, ...DutyRun[]];

interface RunFormWords {
  readonly id: string;
  /** At most 24 characters each. */
  readonly title: string;
  readonly submit: string;
}

/** A modal about a run: its name and when it is due, or a menu of runs, and then the form's own fields. */
export function runForm(words: RunFormWords, about: AboutRun, fields: readonly KnownBlock[]): ModalView {
  const run = onlyRun(about);
  return {
    type: 'modal',
    callback_id: words.id,
    private_metadata: JSON.stringify({ run: run?.number ?? null }),
    title: plainText(words.title),
    submit: plainText(words.submit),
    close: plainText('Cancel'),
    blocks: [run === null ? runField(runsOf(about)) : nameOf(run), ...fields],
  };
}

/** The run a form is about, when that is known before it is filled in. */
export function onlyRun(about: AboutRun): DutyRun | null {
  const list = runsOf(about);
  return list.length === 1 ? (list[0] ?? null) : null;
}

function runsOf(about: AboutRun): readonly DutyRun[] {
  return 'number' in about ? [about] : about;
}

function nameOf(run: DutyRun): KnownBlock {
  return context(`${RUN_EMOJI[run.status]} ${runName(run)}, due ${when(run.dueAt)}`);
}

/** A menu of runs; the field is called `run`. */
function runField(runs: readonly DutyRun[]): KnownBlock {
  const choices = runs.map(({ number, title, status, local }) => ({
    value: String(number),
    words: `${runSubject(number)} ${title}`,
    description: stateWords(status, local),
  }));
  return choiceField('run', { label: 'Run of a duty', placeholder: 'Which one?' }, choices, {});
}

const carriedSchema = z.object({ run: z.number().int().nullable() });
const chosen = z.object({ run: submitted.choice });

/** Reads a form made by `runForm`: the run it is about, and its own fields. */
export function readRunForm<Fields extends z.ZodType>(
  view: SubmittedView,
  fields: Fields,
): { number: number; fields: z.output<Fields> } {
  const read = readSubmission(view, carriedSchema, fields);
  return { number: read.carried.run ?? Number(chosen.parse(view.state.values).run), fields: read.fields };
}
