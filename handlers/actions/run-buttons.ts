import { approvedAnswer, startedAnswer, takenAnswer } from '../../blocks/run-answers.ts';
import { outputMessage } from '../../blocks/run-attempt.ts';
import type { RunButton } from '../../blocks/run-buttons.ts';
import { runChecklistModal } from '../../blocks/run-checklist-modal.ts';
import { answerOf, refusalAnswer } from '../answers.ts';
import { buttonNumber } from '../button-number.ts';
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

const numberOf = (call: ActionCall) => buttonNumber(call, "run's");

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

const start: Action = {
  id: 'run.run' satisfies RunButton,
  permission: 'duty.run',
  run: async (call, { verbs }) =>
    answerOf(await verbs.startRun(call.caller, { number: numberOf(call) }), startedAnswer),
};

/** The button carries the preview too: what is agreed to is what was seen. */
const approve: Action = {
  id: 'run.approve' satisfies RunButton,
  permission: 'duty.approve',
  async run(call, { verbs }) {
    const [number, attempt] = call.value.split(':').map(Number);
    if (number === undefined || attempt === undefined || !Number.isSafeInteger(number + attempt)) {
      throw new Error(`the button carries "${call.value}", no run and preview`);
    }
    return answerOf(await verbs.approveRun(call.caller, { number, attempt }), approvedAnswer);
  },
};

const output: Action = {
  id: 'run.output' satisfies RunButton,
  permission: null,
  async run(call, { verbs }) {
    const shown = await verbs.showRun(numberOf(call));
    if (!shown.ok) return refusalAnswer(shown.refusal.message);
    const { run, events } = shown.value;
    const last = events.findLast(({ kind }) => kind === 'run.finished')?.body;
    if (last?.kind !== 'run.finished') return refusalAnswer('Its output is not kept any more.');
    return outputMessage(run, last.output);
  },
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
  start,
  approve,
  output,
  tick,
  opens('run.decline', () => RUN_FORMS.decline()),
  opens('run.done', () => RUN_FORMS.done()),
  opens('run.skip', () => RUN_FORMS.skip()),
  opens('run.snooze', ({ clock }) => RUN_FORMS.snooze(clock.now())),
  opens('run.cannot', () => RUN_FORMS.cannot()),
  opens('run.waive', () => RUN_FORMS.waive()),
];
