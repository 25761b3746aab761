import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { submitted, textField } from './form.ts';
import { type About, incidentForm, readIncidentForm } from './incident-form.ts';
import type { SubmittedView } from './submission.ts';

export const PUBLISH_MODAL = 'postmortem.publish';
export const WAIVE_MODAL = 'postmortem.waive';

/** Asks where the post-mortem can be read. */
export function publishModal(about: About, initial = ''): ModalView {
  return incidentForm({ id: PUBLISH_MODAL, title: 'Publish post-mortem', submit: 'Publish' }, about, [
    textField(
      'link',
      { label: 'Where can it be read?', placeholder: 'https://…', hint: 'Leave it empty if it lives only here.' },
      { initial, lines: 'one', optional: true },
    ),
  ]);
}

/** Asks why no post-mortem will be written; whoever submits it approves that. */
export function waiveModal(about: About, initial = ''): ModalView {
  return incidentForm({ id: WAIVE_MODAL, title: 'Waive post-mortem', submit: 'Waive' }, about, [
    textField('reason', { label: 'Why is none needed?', hint: 'You approve this with your name.' }, { initial }),
  ]);
}

const linkField = z.object({ link: submitted.text });
const reasonField = z.object({ reason: submitted.text });

export function readPublishModal(view: SubmittedView): { number: number; link: string | null } {
  const { number, fields } = readIncidentForm(view, linkField);
  return { number, link: fields.link === '' ? null : fields.link };
}

export function readWaiveModal(view: SubmittedView): { number: number; reason: string } {
  const read = readIncidentForm(view, reasonField);
  return { number: read.number, ...read.fields };
}
