import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { NOTE_WORD, visibleNotes } from '../src/domain/incident/public-note.ts';
import type { Incident } from '../src/domain/incident/state.ts';
import { context, plainText } from './elements.ts';
import { choiceField, submitted, textField } from './form.ts';
import { readSubmission, type SubmittedView } from './submission.ts';

export const WITHDRAW_NOTE_MODAL = 'incident.withdraw';

/** Asks which note is taken off the status page. @param incidents with a note on it, at least one */
export function withdrawNoteModal(incidents: readonly Incident[]): ModalView {
  const notes = incidents.flatMap((incident) =>
    visibleNotes(incident)
      .map(({ seq, state, text }) => ({
        value: `${incident.number}:${seq}`,
        words: `INC-${incident.number} ${NOTE_WORD[state]}: ${text}`,
      }))
      .reverse(),
  );
  return {
    type: 'modal',
    callback_id: WITHDRAW_NOTE_MODAL,
    private_metadata: '{}',
    title: plainText('Withdraw a public note'),
    submit: plainText('Withdraw'),
    close: plainText('Cancel'),
    blocks: [
      choiceField('note', { label: 'Which note?' }, notes, { initial: notes[0]?.value ?? null }),
      textField(
        'reason',
        { label: 'Why?', hint: 'For the timeline; nobody outside reads it.' },
        { lines: 'one', optional: true },
      ),
      context('It leaves the status page within seconds. Who has read it, or took it from the feed, keeps it.'),
    ],
  };
}

const fields = z.object({ note: submitted.choice, reason: submitted.text });
const place = z.string().regex(/^\d+:\d+$/);

export function readWithdrawNoteModal(view: SubmittedView): { number: number; note: number; reason: string } {
  const { note, reason } = readSubmission(view, z.object({}), fields).fields;
  const [number = 0, seq = 0] = place.parse(note).split(':').map(Number);
  return { number, note: seq, reason };
}
