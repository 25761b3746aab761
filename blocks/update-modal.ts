import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import { submitted, textField } from './form.ts';
import { type About, incidentForm, onlyOne, readIncidentForm } from './incident-form.ts';
import type { SubmittedView } from './submission.ts';

export const UPDATE_MODAL = 'incident.update';

/** Asks for a status update, and says when the next one will be owed. */
export function updateModal(about: About, spec: OperationsSpec, initial = ''): ModalView {
  const severity = onlyOne(about)?.severity ?? null;
  const every = severity === null ? null : spec.severities[severity].updateEvery;
  const hint = every === null ? {} : { hint: `A ${severity} owes the next one in ${durationWords(every)}.` };
  const words = {
    label: 'How does it stand?',
    placeholder: 'What is known, what is being done, what is next',
    ...hint,
  };
  return incidentForm({ id: UPDATE_MODAL, title: 'Post an update', submit: 'Post' }, about, [
    textField('text', words, { initial }),
  ]);
}

const fields = z.object({ text: submitted.text });

export function readUpdateModal(view: SubmittedView): { number: number; text: string } {
  const read = readIncidentForm(view, fields);
  return { number: read.number, ...read.fields };
}
