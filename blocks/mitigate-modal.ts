import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { submitted, textField } from './form.ts';
import { type About, incidentForm, readIncidentForm } from './incident-form.ts';
import type { SubmittedView } from './submission.ts';

export const MITIGATE_MODAL = 'incident.mitigate';

/** Says that a remedy is under way; what it is may be left out. */
export function mitigateModal(about: About, initial = ''): ModalView {
  return incidentForm({ id: MITIGATE_MODAL, title: 'Start mitigating', submit: 'Start' }, about, [
    textField(
      'text',
      { label: 'What is being done?', placeholder: 'Rolling back to 4.2.1' },
      { initial, optional: true },
    ),
  ]);
}

const fields = z.object({ text: submitted.text });

export function readMitigateModal(view: SubmittedView): { number: number; text: string } {
  const read = readIncidentForm(view, fields);
  return { number: read.number, ...read.fields };
}
