import { DUTIES_BUTTON, readDutiesPage } from '../../blocks/duty-overview.ts';
import { dutiesAnswer } from '../ops-duties.ts';
import type { Action } from '../registry.ts';

/** "Next page" below the duties. */
export const dutiesPage: Action = {
  id: DUTIES_BUTTON,
  permission: null,
  run: ({ value }, deps) => dutiesAnswer(deps, readDutiesPage(value)),
};
