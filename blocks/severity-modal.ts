import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { SEVERITIES, type Severity } from '../src/domain/incident/severity.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import { radioField, submitted, textField } from './form.ts';
import { type About, incidentForm, onlyOne, readIncidentForm } from './incident-form.ts';
import type { SubmittedView } from './submission.ts';

export const SEVERITY_MODAL = 'incident.severity';

/** What was typed before the form opened. */
interface SeverityDraft {
  readonly severity: Severity | null;
  readonly reason: string;
}

/** The four severities side by side, with what each means and asks for. */
export function severityModal(
  about: About,
  spec: OperationsSpec,
  draft: SeverityDraft = { severity: null, reason: '' },
): ModalView {
  const choices = SEVERITIES.map((severity) => {
    const { meaning, updateEvery } = spec.severities[severity];
    const cadence = updateEvery === null ? 'no updates owed' : `an update every ${durationWords(updateEvery)}`;
    return { value: severity, words: `${severity} · ${meaning}`, description: cadence };
  });
  return incidentForm({ id: SEVERITY_MODAL, title: 'Set the severity', submit: 'Set' }, about, [
    radioField('severity', { label: 'Severity' }, choices, draft.severity ?? onlyOne(about)?.severity ?? null),
    textField(
      'reason',
      { label: 'Why?', placeholder: 'Half of the users are affected' },
      { initial: draft.reason, lines: 'one', optional: true },
    ),
  ]);
}

const fields = z.object({ severity: submitted.choice.pipe(z.enum(SEVERITIES)), reason: submitted.text });

export function readSeverityModal(view: SubmittedView): { number: number; to: Severity; reason: string } {
  const { number, fields: read } = readIncidentForm(view, fields);
  return { number, to: read.severity, reason: read.reason };
}
