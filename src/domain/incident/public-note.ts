import type { Incident } from './state.ts';

/** How far an incident is, in the words that status pages use. */
export const NOTE_STATES = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
export type NoteState = (typeof NOTE_STATES)[number];

export const NOTE_WORD: Record<NoteState, string> = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
};

/** What an incident means for those who use the service; `none` where they notice nothing. */
export const IMPACTS = ['none', 'degraded', 'outage'] as const;
export type Impact = (typeof IMPACTS)[number];

/** Words about an incident that were written for everybody. */
export interface PublicNote {
  /** Sequence of its event. */
  readonly seq: number;
  readonly at: string;
  readonly state: NoteState;
  readonly impact: Impact;
  /** What the page calls the incident; empty for a neutral name. */
  readonly title: string;
  /** Empty once it was erased by law. */
  readonly text: string;
  readonly withdrawnAt: string | null;
}

/** The notes that everybody sees, in order. */
export function visibleNotes({ publicNotes }: Pick<Incident, 'publicNotes'>): readonly PublicNote[] {
  return publicNotes.filter(({ text, withdrawnAt }) => text !== '' && withdrawnAt === null);
}

const AS_IT_STANDS: Record<Incident['status'], NoteState> = {
  identified: 'investigating',
  assessed: 'investigating',
  assigned: 'investigating',
  mitigating: 'identified',
  resolved: 'resolved',
  documented: 'resolved',
  closed: 'resolved',
};

/** What the next note most likely says, for the form to begin with. */
export function nextNote(incident: Incident): Pick<PublicNote, 'state' | 'impact' | 'title'> {
  const last = visibleNotes(incident).at(-1);
  const state = AS_IT_STANDS[incident.status];
  const further = last !== undefined && NOTE_STATES.indexOf(last.state) > NOTE_STATES.indexOf(state);
  return { state: further ? last.state : state, impact: last?.impact ?? 'degraded', title: last?.title ?? '' };
}
