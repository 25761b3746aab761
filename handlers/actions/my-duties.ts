import { MY_DUTIES_BUTTON } from '../../blocks/digest.ts';
import { myDutiesMessage } from '../../blocks/my-duties.ts';
import { personOf } from '../caller.ts';
import type { Action } from '../registry.ts';

/** "My duties" under a digest: what is the reader's own. */
export const myDuties: Action = {
  id: MY_DUTIES_BUTTON,
  permission: null,
  run: async ({ user }, deps) =>
    myDutiesMessage(await deps.verbs.myDuties(await personOf(user, deps)), deps.spec.current()),
};
