import { incidentCard } from '../blocks/incident-card.ts';
import { incidentPicker, type PickVerb } from '../blocks/incident-picker.ts';
import { postmortemPreview } from '../blocks/postmortem.ts';
import { timelineMessage } from '../blocks/timeline.ts';
import type { Caller } from '../src/usecases/ports.ts';
import { refusalAnswer } from './answers.ts';
import type { EdgeDeps } from './deps.ts';
import type { Answer } from './registry.ts';
import type { Form } from './work-on.ts';

/** One incident as it is now, with its buttons. */
export async function cardAnswer({ verbs, spec }: EdgeDeps, number: number): Promise<Answer> {
  const shown = await verbs.showIncident(number);
  return shown.ok ? incidentCard(shown.value, spec.current()) : refusalAnswer(shown.refusal.message);
}

/** What happened to one incident so far. */
export async function timelineAnswer({ verbs }: EdgeDeps, number: number): Promise<Answer> {
  const told = await verbs.incidentTimeline(number);
  return told.ok ? timelineMessage(told.value.incident, told.value.entries) : refusalAnswer(told.refusal.message);
}

/** The draft of one incident's post-mortem, as far as a message holds it. */
export async function draftAnswer({ verbs }: EdgeDeps, caller: Caller, number: number): Promise<Answer> {
  const drafted = await verbs.draftOfPostmortem(caller, number);
  return drafted.ok ? postmortemPreview(drafted.value) : refusalAnswer(drafted.refusal.message);
}

/** Asks only which incident is meant; the picker's own submission goes on. */
export function pickForm(verb: PickVerb, carry: Readonly<Record<string, string>> = {}): Form {
  return {
    move: null,
    view: (about) => incidentPicker(verb, 'number' in about ? [about] : about, carry),
  };
}
