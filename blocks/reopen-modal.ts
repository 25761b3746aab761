import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { submitted, textField } from './form.ts';
import { type About, incidentForm, readIncidentForm } from './incident-form.ts';
import type { SubmittedView } from './submission.ts';

export const REOPEN_MODAL = 'incident.reopen';

export function reopenModal(about: About, initial = ''): ModalView {
  return incidentForm({ id: REOPEN_MODAL, title: 'Reopen the incident', submit: 'Reopen' }, about, [
    textField(
      'reason',
      { label: 'Why is it open again?', placeholder: 'Payments fail again since 16:10' },
      { initial },
    ),
  ]);
}

const fields = z.object({ reason: submitted.text });

export function readReopenModal(view: SubmittedView): { number: number; reason: string } {
  const read = readIncidentForm(view, fields);
  return { number: read.number, ...read.fields };
}
