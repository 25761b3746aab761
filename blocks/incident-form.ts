import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Incident } from '../src/domain/incident/state.ts';
import { context, plainText } from './elements.ts';
import { mrkdwnLine } from './escape.ts';
import { choiceField, submitted } from './form.ts';
import { readSubmission, type SubmittedView } from './submission.ts';
import { incidentEmoji } from './words.ts';

/** What a form is about: one incident, or one still to be chosen among these (at least one). */
export type About = Incident | readonly [Incident, ...Incident[]];

export interface IncidentFormWords {
  readonly id: string;
  /** At most 24 characters each. */
  readonly title: string;
  readonly submit: string;
}

/** A modal about an incident: its name, or a menu of incidents, and then the form's own fields. */
export function incidentForm(words: IncidentFormWords, about: About, fields: readonly KnownBlock[]): ModalView {
  const incident = onlyOne(about);
  return {
    type: 'modal',
    callback_id: words.id,
    private_metadata: JSON.stringify({ incident: incident?.number ?? null }),
    title: plainText(words.title),
    submit: plainText(words.submit),
    close: plainText('Cancel'),
    blocks: [incident === null ? incidentField(listOf(about)) : nameOf(incident), ...fields],
  };
}

/** The incident a form is about, when that is known before it is filled in. */
export function onlyOne(about: About): Incident | null {
  const list = listOf(about);
  return list.length === 1 ? (list[0] ?? null) : null;
}

function listOf(about: About): readonly Incident[] {
  return 'number' in about ? [about] : about;
}

function nameOf({ number, title, severity, resolvedAt }: Incident): KnownBlock {
  return context(`${incidentEmoji({ severity, resolvedAt })} *INC-${number}*  ${mrkdwnLine(title, 300)}`);
}

/** A menu of incidents; the field is called `incident`. */
export function incidentField(incidents: readonly Incident[]): KnownBlock {
  const choices = incidents.map(({ number, title, severity }) => ({
    value: String(number),
    words: `INC-${number} ${severity === null ? '' : `${severity} `}${title}`,
  }));
  return choiceField('incident', { label: 'Incident', placeholder: 'Which one?' }, choices, {});
}

const carriedSchema = z.object({ incident: z.number().int().nullable() });
const chosen = z.object({ incident: submitted.choice });

/** Reads a form made by `incidentForm`: the incident it is about, and its own fields. */
export function readIncidentForm<Fields extends z.ZodType>(
  view: SubmittedView,
  fields: Fields,
): { number: number; fields: z.output<Fields> } {
  const read = readSubmission(view, carriedSchema, fields);
  return { number: read.carried.incident ?? Number(chosen.parse(view.state.values).incident), fields: read.fields };
}
