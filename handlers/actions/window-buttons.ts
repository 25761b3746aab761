import { declareModal } from '../../blocks/declare-modal.ts';
import { approvedAnswer, endedAnswer, startedAnswer } from '../../blocks/window-answers.ts';
import type { WindowButton } from '../../blocks/window-buttons.ts';
import { windowCancelModal, windowExtendModal } from '../../blocks/window-modals.ts';
import { draftAfter } from '../../blocks/window-quiet.ts';
import { windowReportModal } from '../../blocks/window-report-modal.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { PermissionVerb } from '../../src/domain/permissions.ts';
import type { MaintenanceWindow } from '../../src/domain/window/window.ts';
import type { Caller } from '../../src/usecases/ports.ts';
import { answerOf, refusalAnswer } from '../answers.ts';
import { buttonNumber } from '../button-number.ts';
import type { EdgeDeps } from '../deps.ts';
import type { Action, ActionCall } from '../registry.ts';
import type { Verbs } from '../verbs.ts';
import { openWindowForm, type WindowForm, windowInfoAnswer } from '../work-on-window.ts';

/** A button that acts at once. */
function acts(
  id: WindowButton,
  permission: PermissionVerb,
  act: (verbs: Verbs, caller: Caller, input: { readonly number: number }) => Promise<Outcome<MaintenanceWindow>>,
  answer: (window: MaintenanceWindow) => string,
): Action {
  return {
    id,
    permission,
    run: async (call, { verbs }) => answerOf(await act(verbs, call.caller, { number: numberOf(call) }), answer),
  };
}

/** A button that asks for words first. Opening the form asks for no permission: submitting it does. */
function opens(id: WindowButton, form: (window: MaintenanceWindow, deps: EdgeDeps) => WindowForm): Action {
  return {
    id,
    permission: null,
    async run(call, deps) {
      const shown = await deps.verbs.showWindow(numberOf(call));
      if (!shown.ok) return refusalAnswer(shown.refusal.message);
      const { window } = shown.value;
      return openWindowForm(window, form(window, deps), call.openModal);
    },
  };
}

const numberOf = (call: ActionCall) => buttonNumber(call, "window's");

const info: Action = {
  id: 'window.info' satisfies WindowButton,
  permission: null,
  run: (call, deps) => windowInfoAnswer(deps, numberOf(call)),
};

/** What still fails after it becomes an incident, which begins with what happened in the window. */
const declare: Action = {
  id: 'window.declare' satisfies WindowButton,
  // The form asks, when it is sent.
  permission: null,
  async run(call, deps) {
    const shown = await deps.verbs.showWindow(numberOf(call));
    if (!shown.ok) return refusalAnswer(shown.refusal.message);
    const { window } = shown.value;
    await call.openModal(declareModal({ ...draftAfter(window), origin: call.channel }, deps.spec.current()));
    return null;
  },
};

/** Every button of a window, wherever it is shown. */
export const windowButtons: readonly Action[] = [
  acts('window.approve', 'window.approve', (verbs, ...input) => verbs.approveWindow(...input), approvedAnswer),
  acts('window.start', 'window.start', (verbs, ...input) => verbs.startWindow(...input), startedAnswer),
  acts('window.end', 'window.end', (verbs, ...input) => verbs.finishWindow(...input), endedAnswer),
  opens('window.extend', (_, { clock }) => ({
    move: 'extend',
    view: (about) => windowExtendModal(about, clock.now()),
  })),
  opens('window.cancel', () => ({ move: 'cancel', view: (about) => windowCancelModal(about) })),
  opens('window.report', (window) => ({ move: 'report', view: () => windowReportModal(window) })),
  info,
  declare,
];
