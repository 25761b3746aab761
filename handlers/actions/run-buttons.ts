import { takenAnswer } from '../../blocks/run-answers.ts';
import type { RunButton } from '../../blocks/run-buttons.ts';
import { runChecklistModal } from '../../blocks/run-checklist-modal.ts';
import { answerOf, refusalAnswer } from '../answers.ts';
import type { EdgeDeps } from '../deps.ts';
import type { Action, ActionCall } from '../registry.ts';
import { RUN_FORMS } from '../run-forms.ts';
import { openRunForm, type RunForm, runCardAnswer } from '../work-on-run.ts';

/** A button that asks for words first. Opening the form asks for no permission: submitting it does. */
function opens(id: RunButton, form: (deps: EdgeDeps) => RunForm): Action {
  return {
    id,
    permission: null,
    async run(call, deps) {
      const shown = await deps.verbs.showRun(numberOf(call));
      if (!shown.ok) return refusalAnswer(shown.refusal.message);
      return openRunForm(shown.value.run, form(deps), call.openModal);
    },
  };
}

/** Our own buttons carry the number of their run. */
function numberOf({ value }: ActionCall): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`the button carries "${value}", no run's number`);
  return number;
}

const take: Action = {
  id: 'run.take' satisfies RunButton,
  permission: 'duty.work',
  run: async (call, { verbs }) => answerOf(await verbs.takeRun(call.caller, { number: numberOf(call) }), takenAnswer),
};

const show: Action = {
  id: 'run.show' satisfies RunButton,
  permission: null,
  run: (call, deps) => runCardAnswer(deps, numberOf(call)),
};

/** The boxes are those of one run, whose checklist is known only now. */
const tick: Action = {
  id: 'run.tick' satisfies RunButton,
  permission: null,
  async run(call, { verbs }) {
    const shown = await verbs.showRun(numberOf(call));
    if (!shown.ok) return refusalAnswer(shown.refusal.message);
    const { run } = shown.value;
    return openRunForm(run, { move: 'tick', view: () => runChecklistModal(run) }, call.openModal);
  },
};

/** Every button of a run, wherever it is shown. */
export const runButtons: readonly Action[] = [
  take,
  show,
  tick,
  opens('run.done', () => RUN_FORMS.done()),
  opens('run.skip', () => RUN_FORMS.skip()),
  opens('run.snooze', ({ clock }) => RUN_FORMS.snooze(clock.now())),
  opens('run.cannot', () => RUN_FORMS.cannot()),
  opens('run.waive', () => RUN_FORMS.waive()),
];
