import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Incident } from '../src/domain/incident/state.ts';
import { plainText } from './elements.ts';
import { submitted } from './form.ts';
import { incidentField } from './incident-form.ts';
import { readSubmission, type SubmittedView } from './submission.ts';

export const INCIDENT_PICKER = 'incident.pick';

/** What can be asked for outside an incident's channel and has no form of its own that asks which one. */
const PICK_VERBS = ['show', 'timeline', 'close', 'pin', 'draft'] as const;

export type PickVerb = (typeof PICK_VERBS)[number];

const SUBMIT: Record<PickVerb, string> = {
  show: 'Show',
  timeline: 'Show',
  close: 'Close it',
  pin: 'Add',
  draft: 'Draft',
};

/** Asks which incident is meant. `carry` comes back with the choice: the message to pin, for one. */
export function incidentPicker(
  verb: PickVerb,
  incidents: readonly [Incident, ...Incident[]],
  carry: Readonly<Record<string, string>> = {},
): ModalView {
  return {
    type: 'modal',
    callback_id: INCIDENT_PICKER,
    private_metadata: JSON.stringify({ verb, carry }),
    title: plainText('Which incident?'),
    submit: plainText(SUBMIT[verb]),
    close: plainText('Cancel'),
    blocks: [incidentField(incidents)],
  };
}

const carried = z.object({ verb: z.enum(PICK_VERBS), carry: z.record(z.string(), z.string()) });
const fields = z.object({ incident: submitted.choice });

export function readIncidentPicker(view: SubmittedView): {
  number: number;
  verb: PickVerb;
  carry: Readonly<Record<string, string>>;
} {
  const read = readSubmission(view, carried, fields);
  return { number: Number(read.fields.incident), ...read.carried };
}
