import type { DrillButton } from '../../blocks/drill-buttons.ts';
import { drillAskedAnswer, drillShown } from '../../blocks/drill-lists.ts';
import { answerOf, refusalAnswer } from '../answers.ts';
import { buttonNumber } from '../button-number.ts';
import type { Action } from '../registry.ts';

const drill: Action = {
  id: 'backup.drill' satisfies DrillButton,
  permission: 'backup.drill',
  run: async ({ caller, value }, { verbs }) =>
    answerOf(await verbs.requestDrill(caller, { key: value }), drillAskedAnswer),
};

const show: Action = {
  id: 'drill.show' satisfies DrillButton,
  permission: null,
  async run(call, { verbs }) {
    const shown = await verbs.showDrill(buttonNumber(call, "drill's"));
    return shown.ok ? drillShown(shown.value.drill, shown.value.events) : refusalAnswer(shown.refusal.message);
  },
};

/** Every button of a drill, wherever it is shown. */
export const drillButtons: readonly Action[] = [drill, show];
