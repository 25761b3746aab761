import { incidentSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { BRACKETED } from '../text/slack-text.ts';
import { sayInChannel } from './announce.ts';
import { type Decided, eventNow, type Situation } from './decision.ts';
import { type Impact, type NoteState, visibleNotes } from './public-note.ts';
import { emptyText, type Refused } from './refusals.ts';
import type { Incident } from './state.ts';
import { isOpen } from './transitions.ts';

/** A note for everybody, as it was written. */
export interface NoteDraft {
  readonly text: string;
  /** Empty: what the page calls it so far, or a neutral name. */
  readonly title: string;
  readonly state: NoteState;
  readonly impact: Impact;
}

/** A note on the status page. It names nobody: what Slack knows of a person is no business of the readers. */
export function decidePublicNote(incident: Incident, input: NoteDraft, situation: Situation): Decided {
  const id = incidentSubject(incident.number);
  const refusal = withoutPage(situation);
  if (refusal !== null) return refusal;
  const text = cleaned(input.text);
  const title = cleaned(input.title).replaceAll(/\s+/g, ' ');
  if (text === '') return emptyText('what everybody may read', `/incident public ${id} <text>`, 'text');
  for (const [field, words] of Object.entries({ text, title })) {
    const named = [...words.matchAll(BRACKETED)].some(([, inside = '']) => /^[@#!]/.test(inside));
    if (named) {
      const message = 'Everybody will read it: take out the names of people, groups and channels.';
      return refused('names-somebody', message, field);
    }
  }
  if (!isOpen(incident) && input.state !== 'resolved') {
    const message = `${id} is resolved, so the page can only say "Resolved". If the trouble is back, type \`/incident reopen ${id} <reason>\` first.`;
    return refused('already-over', message, 'state');
  }
  const event = eventNow(situation, {
    kind: 'incident.published',
    state: input.state,
    impact: input.impact,
    title: title === '' ? (visibleNotes(incident).at(-1)?.title ?? '') : title,
    text,
  });
  return done({ events: [event], deliveries: [sayInChannel(incident.number, event), cardOf(incident)] });
}

/** Takes a note off the status page; that it stood there stays on record. */
export function decideWithdrawNote(
  incident: Incident,
  input: { /** Sequence of its publication. */ readonly note: number; readonly reason: string },
  situation: Situation,
): Decided {
  const note = visibleNotes(incident).find(({ seq }) => seq === input.note);
  if (note === undefined) {
    const message = `${incidentSubject(incident.number)} has no such note on the status page, or not any more.`;
    return refused('no-such-note', message, 'note');
  }
  const event = eventNow(situation, { kind: 'incident.withdrawn', note: note.seq, reason: cleaned(input.reason) });
  return done({ events: [event], deliveries: [sayInChannel(incident.number, event), cardOf(incident)] });
}

export const NO_STATUS_PAGE =
  'There is no public status page. `status: { public: true, title: ... }` in the operations spec, and `public` at a service, make one.';

function withoutPage({ spec }: Situation): Refused | null {
  return spec.status?.public === true ? null : refused('no-status-page', NO_STATUS_PAGE);
}

const cardOf = ({ number }: Incident) => ({ kind: 'render', key: `incident:${number}:card` }) as const;
