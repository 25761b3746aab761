import type { ModalView } from '@slack/types';
import type { About } from '../blocks/incident-form.ts';
import { parseOnlyIncident } from '../src/domain/incident/command.ts';
import type { Incident } from '../src/domain/incident/state.ts';
import { type IncidentMove, isOpen, refusalFor } from '../src/domain/incident/transitions.ts';
import { refusalAnswer } from './answers.ts';
import type { EdgeDeps } from './deps.ts';
import type { Answer, CommandCall } from './registry.ts';

/** Which incidents are offered when nobody said which one is meant. */
export interface Candidates {
  readonly which: 'open' | 'all';
  fits(incident: Incident): boolean;
  /** The answer when there is none. */
  readonly none: string;
}

export const OPEN: Candidates = {
  which: 'open',
  fits: () => true,
  none: 'No incident is open. `/incident declare` opens one.',
};

export const NOT_CLOSED: Candidates = {
  which: 'all',
  fits: ({ status }) => status !== 'closed',
  none: 'There is no incident that is not closed. `/incident declare` opens one.',
};

export const FINISHED: Candidates = {
  which: 'all',
  fits: (incident) => !isOpen(incident),
  none: 'No incident has been resolved yet; `/incident list` shows those that are open.',
};

export const ANY: Candidates = {
  which: 'all',
  fits: () => true,
  none: 'There has been no incident yet. `/incident declare` opens one.',
};

/** One thing to be done to an incident that may still have to be chosen, with words that may still have to be asked for. */
export interface Work {
  /** The incident that was named; null for the one of the channel. */
  readonly named: number | null;
  /** Where it was asked for. */
  readonly channel: string;
  readonly candidates: Candidates;
  /** Null while something has to be asked for first. */
  readonly act: ((number: number) => Promise<Answer>) | null;
  readonly form: Form;
  openModal(view: ModalView): Promise<void>;
}

/** What asks for the incident, the words or both; what is known is filled in. */
export interface Form {
  /** What the form is for, so that it is refused before anybody fills it; null when it only asks which incident. */
  readonly move: IncidentMove | null;
  view(about: About): ModalView;
}

/**
 * Does it at once when the incident and the words are known; otherwise opens its form, so that the very same thing goes on with
 * what was typed. An incident is taken from the channel or named, never guessed: that only one is open says nothing about
 * which one is meant.
 */
export async function workOn({ verbs }: Pick<EdgeDeps, 'verbs'>, work: Work): Promise<Answer | null> {
  const { named, channel, candidates, act, form, openModal } = work;
  if (named !== null && act !== null) return act(named);
  const meant = await verbs.findIncident({ number: named, channel });
  if (!meant.ok) return refusalAnswer(meant.refusal.message);
  if (meant.value !== null) {
    return act === null ? openForm(meant.value, form, openModal) : act(meant.value.number);
  }
  const [first, ...others] = (await verbs.listIncidents(candidates.which)).filter(candidates.fits);
  if (first === undefined) return refusalAnswer(candidates.none);
  await openModal(form.view([first, ...others]));
  return null;
}

/** As `workOn`, for a verb that takes nothing but the incident: whatever else was typed is refused. */
export async function workOnNamed(
  deps: Pick<EdgeDeps, 'verbs'>,
  { rest, channel, openModal }: CommandCall,
  work: Pick<Work, 'candidates' | 'act' | 'form'>,
): Promise<Answer | null> {
  const typed = parseOnlyIncident(rest);
  if (!typed.ok) return refusalAnswer(typed.problem);
  return workOn(deps, { ...work, named: typed.value, channel, openModal });
}

/** Opens a form about one incident, unless what it is for would be refused anyway. */
export async function openForm(
  incident: Incident,
  { move, view }: Form,
  openModal: (view: ModalView) => Promise<void>,
): Promise<Answer | null> {
  const refusal = move === null ? null : refusalFor(move, incident);
  if (refusal !== null) return refusalAnswer(refusal.refusal.message);
  await openModal(view(incident));
  return null;
}
