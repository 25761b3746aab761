import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { personField, submitted } from './form.ts';
import { type About, incidentForm, onlyOne, readIncidentForm } from './incident-form.ts';
import type { SubmittedView } from './submission.ts';

export const OWNER_MODAL = 'incident.owner';

/** Asks who owns the incident; whoever owns it now is chosen at first, else whoever asks. */
export function ownerModal(about: About, asker: string): ModalView {
  return incidentForm({ id: OWNER_MODAL, title: 'Name the owner', submit: 'Name' }, about, [
    personField('owner', { label: 'Who owns it from now on?' }, onlyOne(about)?.owner ?? asker),
  ]);
}

const fields = z.object({ owner: submitted.person });

export function readOwnerModal(view: SubmittedView): { number: number; owner: string } {
  const read = readIncidentForm(view, fields);
  return { number: read.number, ...read.fields };
}
