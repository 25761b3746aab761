import type { ModalView } from '@slack/types';
import type { AboutWindow } from '../blocks/window-form.ts';
import { windowInfo } from '../blocks/window-info.ts';
import { type WindowMove, windowRefusalFor } from '../src/domain/window/transitions.ts';
import type { MaintenanceWindow, WindowStatus } from '../src/domain/window/window.ts';
import { refusalAnswer } from './answers.ts';
import type { EdgeDeps } from './deps.ts';
import type { Answer } from './registry.ts';

/** What asks for the window, for words about it, or both; what is known is filled in. */
export interface WindowForm {
  /** What the form is for, so that it is refused before anybody fills it; null when it only asks which window. */
  readonly move: WindowMove | null;
  view(about: AboutWindow): ModalView;
}

/** One thing to be done to a window that may still have to be chosen, with words that may still have to be asked for. */
interface WindowWork {
  /** The window that was named; null to ask which one. */
  readonly named: number | null;
  /** Slack user id of who asks: what they lead is offered first. */
  readonly user: string;
  /** Which are offered when none is named. */
  readonly candidates: readonly WindowStatus[];
  /** Null while something has to be asked for first. */
  readonly act: ((number: number) => Promise<Answer>) | null;
  readonly form: WindowForm;
  openModal(view: ModalView): Promise<void>;
}

/**
 * Does it at once when the window and the words are known; otherwise opens its form, so that the very same thing goes on
 * with what was typed. A window is named or chosen, never guessed.
 */
export async function workOnWindow({ verbs }: Pick<EdgeDeps, 'verbs'>, work: WindowWork): Promise<Answer | null> {
  const { named, user, candidates, act, form, openModal } = work;
  if (named !== null) {
    if (act !== null) return act(named);
    const shown = await verbs.showWindow(named);
    return shown.ok ? openWindowForm(shown.value.window, form, openModal) : refusalAnswer(shown.refusal.message);
  }
  const windows = await verbs.listWindows(candidates);
  const [first, ...others] = [
    ...windows.filter(({ lead }) => lead === user),
    ...windows.filter(({ lead }) => lead !== user),
  ];
  if (first === undefined)
    return refusalAnswer('There is no maintenance window for that. `/maintenance list all` shows all there were.');
  await openModal(form.view([first, ...others]));
  return null;
}

/** Opens a form about one window, unless what it is for would be refused anyway. */
export async function openWindowForm(
  window: MaintenanceWindow,
  { move, view }: WindowForm,
  openModal: (view: ModalView) => Promise<void>,
): Promise<Answer | null> {
  const refusal = move === null ? null : windowRefusalFor(move, window);
  if (refusal !== null) return refusalAnswer(refusal.refusal.message);
  await openModal(view(window));
  return null;
}

/** One window as it is now, with its buttons and its record. */
export async function windowInfoAnswer({ verbs, spec }: EdgeDeps, number: number): Promise<Answer> {
  const shown = await verbs.showWindow(number);
  if (!shown.ok) return refusalAnswer(shown.refusal.message);
  return windowInfo(shown.value.window, shown.value.events, spec.current());
}
