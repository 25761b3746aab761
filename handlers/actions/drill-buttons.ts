import type { DrillButton } from '../../blocks/drill-buttons.ts';
import { drillAskedAnswer } from '../../blocks/drill-lists.ts';
import { answerOf } from '../answers.ts';
import { buttonNumber } from '../button-number.ts';
import { drillAnswer } from '../drill-answer.ts';
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
  run: (call, deps) => drillAnswer(deps, buttonNumber(call, "drill's")),
};

/** Every button of a drill, wherever it is shown. */
export const drillButtons: readonly Action[] = [drill, show];
