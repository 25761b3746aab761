import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { submitted, textField, timeField } from './form.ts';
import { type About, incidentForm, readIncidentForm } from './incident-form.ts';
import type { SubmittedView } from './submission.ts';

export const NOTE_MODAL = 'incident.note';

/** A line for the timeline; without a time it is about now. */
export function noteModal(about: About, initial = '', at: Date | null = null): ModalView {
  return incidentForm({ id: NOTE_MODAL, title: 'Add a note', submit: 'Add' }, about, [
    textField('text', { label: 'What happened?', placeholder: 'Error rate began to rise' }, { initial }),
    timeField('at', { label: 'When?', hint: 'Leave it empty for now.' }, at),
  ]);
}

const fields = z.object({ text: submitted.text, at: submitted.time });

export function readNoteModal(view: SubmittedView): { number: number; text: string; at: Date | null } {
  const read = readIncidentForm(view, fields);
  return { number: read.number, ...read.fields };
}
