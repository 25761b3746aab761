import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import { submitted, textField } from './form.ts';
import { type About, incidentForm, onlyOne, readIncidentForm } from './incident-form.ts';
import type { SubmittedView } from './submission.ts';

export const RESOLVE_MODAL = 'incident.resolve';

/** Asks what ended the incident, and says whether a post-mortem will be owed. */
export function resolveModal(about: About, spec: OperationsSpec, initial = ''): ModalView {
  const severity = onlyOne(about)?.severity ?? null;
  const owed = severity === null ? null : spec.severities[severity].postmortem;
  const hint =
    owed === null
      ? {}
      : { hint: `The managers read this. A ${severity} owes a post-mortem within ${durationWords(owed.due)}.` };
  const words = { label: 'What ended it?', placeholder: 'Rolled back 4.2.2; payments work again since 14:50', ...hint };
  return incidentForm({ id: RESOLVE_MODAL, title: 'Resolve the incident', submit: 'Resolve' }, about, [
    textField('summary', words, { initial }),
  ]);
}

const fields = z.object({ summary: submitted.text });

export function readResolveModal(view: SubmittedView): { number: number; summary: string } {
  const read = readIncidentForm(view, fields);
  return { number: read.number, ...read.fields };
}
