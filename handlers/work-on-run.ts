import type { ModalView } from '@slack/types';
import { runCard } from '../blocks/run-card.ts';
import type { AboutRun } from '../blocks/run-form.ts';
import { runHistory } from '../blocks/run-history.ts';
import type { DutyRun } from '../src/domain/duty/run.ts';
import { type RunMove, runRefusalFor } from '../src/domain/duty/transitions.ts';
import { refusalAnswer } from './answers.ts';
import type { EdgeDeps } from './deps.ts';
import type { Answer } from './registry.ts';

/** What asks for the run, for words about it, or both; what is known is filled in. */
export interface RunForm {
  /** What the form is for, so that it is refused before anybody fills it; null when it only asks which run. */
  readonly move: RunMove | null;
  view(about: AboutRun): ModalView;
}

/** One thing to be done to a run that may still have to be chosen, with words that may still have to be asked for. */
export interface RunWork {
  /** The run that was named; null to ask which one. */
  readonly named: number | null;
  /** Slack user id of who asks: what they took is offered first. */
  readonly user: string;
  /** Null while something has to be asked for first; a function of the run where its own rules decide that. */
  act(run: DutyRun): (() => Promise<Answer>) | null;
  readonly form: RunForm;
  openModal(view: ModalView): Promise<void>;
}

/**
 * Does it at once when the run and the words are known; otherwise opens its form, so that the very same thing goes on with
 * what was typed. A run is named or chosen, never guessed.
 */
export async function workOnRun({ verbs }: Pick<EdgeDeps, 'verbs'>, work: RunWork): Promise<Answer | null> {
  const { named, user, act, form, openModal } = work;
  if (named !== null) {
    const shown = await verbs.showRun(named);
    if (!shown.ok) return refusalAnswer(shown.refusal.message);
    const { run } = shown.value;
    const doIt = act(run);
    return doIt === null ? openRunForm(run, form, openModal) : doIt();
  }
  const open = await verbs.listOpenRuns();
  const [first, ...others] = [
    ...open.filter(({ takenBy }) => takenBy === user),
    ...open.filter(({ takenBy }) => takenBy !== user),
  ];
  if (first === undefined) return refusalAnswer('No duty is open. `/maintenance next` shows what comes.');
  await openModal(form.view([first, ...others]));
  return null;
}

/** Opens a form about one run, unless what it is for would be refused anyway. */
export async function openRunForm(
  run: DutyRun,
  { move, view }: RunForm,
  openModal: (view: ModalView) => Promise<void>,
): Promise<Answer | null> {
  const refusal = move === null ? null : runRefusalFor(move, run);
  if (refusal !== null) return refusalAnswer(refusal.refusal.message);
  await openModal(view(run));
  return null;
}

/** One run as it is now, with its buttons. */
export async function runCardAnswer({ verbs, spec }: EdgeDeps, number: number): Promise<Answer> {
  const shown = await verbs.showRun(number);
  return shown.ok ? runCard(shown.value.run, spec.current()) : refusalAnswer(shown.refusal.message);
}

/** What happened to one run. */
export async function runHistoryAnswer({ verbs }: EdgeDeps, number: number): Promise<Answer> {
  const shown = await verbs.showRun(number);
  return shown.ok ? runHistory(shown.value.run, shown.value.events) : refusalAnswer(shown.refusal.message);
}
