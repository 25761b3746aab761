import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Declaration } from '../src/domain/incident/declare.ts';
import { SEVERITIES, type Severity } from '../src/domain/incident/severity.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { plainText } from './elements.ts';
import { choiceField, submitted, textField } from './form.ts';
import { readSubmission, type SubmittedView } from './submission.ts';

export const DECLARE_MODAL = 'incident.declare';

/** What is known before the form is filled in. */
export interface DeclareDraft {
  readonly title: string;
  readonly severity: Severity | null;
  /** Channel it was asked for in; null when in none. */
  readonly origin: string | null;
  /** Key of a service, where one is known to suffer. */
  readonly service?: string | null;
  readonly description?: string;
  /** Number of the maintenance window it follows from: its timeline becomes the incident's first notes. */
  readonly window?: number | null;
}

/** The form that declares an incident, filled with whatever was typed already. Only the title is asked of everybody. */
export function declareModal(draft: DeclareDraft, spec: OperationsSpec): ModalView {
  const services = Object.entries(spec.services).map(([value, { name }]) => ({ value, words: name }));
  const kinds = spec.incident.kinds.map((kind) => ({ value: kind, words: kind }));
  return {
    type: 'modal',
    callback_id: DECLARE_MODAL,
    private_metadata: JSON.stringify({ origin: draft.origin, window: draft.window ?? null }),
    title: plainText('Declare an incident'),
    submit: plainText('Declare'),
    close: plainText('Cancel'),
    blocks: [
      textField(
        'title',
        { label: 'What is wrong?', placeholder: 'Checkout is down' },
        { initial: draft.title, lines: 'one' },
      ),
      choiceField(
        'severity',
        { label: 'Severity', hint: 'Leave it open if you cannot tell yet.', placeholder: 'Not known yet' },
        severityChoices(spec),
        { initial: draft.severity, optional: true },
      ),
      choiceField('category', { label: 'Kind', placeholder: 'Not known yet' }, kinds, { optional: true }),
      ...(services.length === 0
        ? []
        : [
            choiceField('service', { label: 'Service', placeholder: 'Not known yet' }, services, {
              initial: draft.service ?? null,
              optional: true,
            }),
          ]),
      textField(
        'description',
        { label: 'What do you see?', placeholder: 'Since when, who is affected, what changed' },
        { initial: draft.description ?? '', optional: true },
      ),
    ],
  };
}

/** The four severities with what they mean, worst first. */
function severityChoices(spec: Pick<OperationsSpec, 'severities'>): { value: Severity; words: string }[] {
  return SEVERITIES.map((severity) => ({
    value: severity,
    words: `${severity} · ${spec.severities[severity].meaning}`,
  }));
}

const carried = z.object({
  origin: z.string().nullable(),
  window: z.number().int().positive().nullable().default(null),
});
const fields = z.object({
  title: submitted.text,
  severity: submitted.choice.pipe(z.enum(SEVERITIES).nullable()),
  category: submitted.choice,
  service: submitted.choice.optional(),
  description: submitted.text,
});

/** What was declared. */
export function readDeclareModal(view: SubmittedView): Declaration {
  const read = readSubmission(view, carried, fields);
  const { origin, window } = read.carried;
  return { ...read.fields, service: read.fields.service ?? null, origin, ...(window !== null && { window }) };
}
