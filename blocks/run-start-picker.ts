import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { DutyRun } from '../src/domain/duty/run.ts';
import { runSubject } from '../src/domain/event.ts';
import type { Duty } from '../src/domain/spec/duty.ts';
import { plainText } from './elements.ts';
import { choiceField, submitted } from './form.ts';
import { stateWords } from './run-words.ts';
import { readSubmission, type SubmittedView } from './submission.ts';

export const RUN_START_PICKER = 'run.pick-run';

/** What can be run: an open run, or a duty in a run outside its calendar. At least one of the two must be there. */
export interface Startable {
  readonly runs: readonly DutyRun[];
  readonly duties: readonly Duty[];
}

/** Asks what is to be run, of all that Mainstay can do by itself. */
export function runStartPicker({ runs, duties }: Startable): ModalView {
  const choices = [
    ...runs.map(({ number, title, status, local }) => ({
      value: `run:${number}`,
      words: `${runSubject(number)} ${title}`,
      description: stateWords(status, local),
    })),
    ...duties.map(({ key, title, run }) => ({
      value: `duty:${key}`,
      words: title,
      description: `${run?.action ?? ''}, outside its calendar`,
    })),
  ];
  return {
    type: 'modal',
    callback_id: RUN_START_PICKER,
    private_metadata: '{}',
    title: plainText('What shall run now?'),
    submit: plainText('Run'),
    close: plainText('Cancel'),
    blocks: [choiceField('what', { label: 'Run, or duty', placeholder: 'Which one?' }, choices, {})],
  };
}

const chosen = z.object({ what: submitted.choice });

/** A run's number, or the key of a duty. */
export function readRunStartPicker(view: SubmittedView): { readonly run: number } | { readonly duty: string } {
  const { what } = readSubmission(view, z.object({}), chosen).fields;
  const [, kind, name = ''] = /^(run|duty):(.+)$/.exec(what ?? '') ?? [];
  if (kind === undefined) throw new Error(`the picker gave "${what}", which is neither a run nor a duty`);
  return kind === 'run' ? { run: Number(name) } : { duty: name };
}
