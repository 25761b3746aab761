import type { ModalView } from '@slack/types';
import { z } from 'zod';
import {
  IMPACTS,
  type Impact,
  NOTE_STATES,
  NOTE_WORD,
  type NoteState,
  nextNote,
} from '../src/domain/incident/public-note.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { neutralTitle } from '../src/domain/status/incidents.ts';
import { context, section } from './elements.ts';
import { link, mrkdwnLine } from './escape.ts';
import { radioField, submitted, textField } from './form.ts';
import { type About, incidentForm, onlyOne, readIncidentForm } from './incident-form.ts';
import type { SubmittedView } from './submission.ts';

export const PUBLISH_NOTE_MODAL = 'incident.publish';

const IMPACT_WORDS: Record<Impact, string> = {
  outage: 'Outage: they cannot use it',
  degraded: 'Degraded: slower, or not all of it works',
  none: 'Nothing they notice',
};

/** Asks for a note that everybody will read, and says where, and what stands there beside it. @param url null: nobody said */
export function publicNoteModal(
  about: About,
  spec: Pick<OperationsSpec, 'services'>,
  url: string | null,
  initial = '',
): ModalView {
  const incident = onlyOne(about);
  const { state, impact, title } =
    incident === null ? { state: 'investigating', impact: 'degraded', title: '' } : nextNote(incident);
  const service = incident?.service == null ? undefined : spec.services[incident.service]?.public;
  const neutral = neutralTitle(service === undefined ? [] : [service.name]);
  const place = url === null ? 'the status page' : link(url, url);
  const named = title === '' ? neutral : title;
  return incidentForm({ id: PUBLISH_NOTE_MODAL, title: 'Public note', submit: 'Publish' }, about, [
    section(
      `:globe_with_meridians: *This will be visible to everybody* at ${place}${incident === null ? '' : `, under “${mrkdwnLine(named, 300)}”`}.`,
    ),
    context(
      'The incident’s own title, its channel, severity and people are not shown there. Write nothing that only you may know.',
    ),
    textField(
      'text',
      {
        label: 'What may everybody read?',
        placeholder: 'Some payments fail. We have found the cause and are working on it.',
      },
      { initial },
    ),
    radioField(
      'state',
      { label: 'How far is it?' },
      NOTE_STATES.map((value) => ({ value, words: NOTE_WORD[value] })),
      state,
    ),
    radioField(
      'impact',
      { label: 'What does it mean for users?' },
      [...IMPACTS].reverse().map((value) => ({ value, words: IMPACT_WORDS[value] })),
      impact,
    ),
    textField(
      'title',
      { label: 'What the page calls it', hint: incident === null ? 'Empty: a neutral name.' : `Empty: ${neutral}` },
      { initial: title, lines: 'one', optional: true },
    ),
  ]);
}

const fields = z.object({
  text: submitted.text,
  title: submitted.text,
  state: submitted.choice,
  impact: submitted.choice,
});
const chosen = z.object({ state: z.enum(NOTE_STATES), impact: z.enum(IMPACTS) });

export function readPublishNoteModal(view: SubmittedView): {
  number: number;
  text: string;
  title: string;
  state: NoteState;
  impact: Impact;
} {
  const { number, fields: read } = readIncidentForm(view, fields);
  return { number, text: read.text, title: read.title, ...chosen.parse(read) };
}
