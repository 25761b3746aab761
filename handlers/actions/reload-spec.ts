import { RELOAD_BUTTON } from '../../blocks/spec-reload.ts';
import { agreedReload } from '../ops-spec.ts';
import type { Action } from '../registry.ts';

/** "Put it into force" below what a reload would change. */
export const reloadSpec: Action = {
  id: RELOAD_BUTTON,
  permission: 'ops.spec',
  run: ({ caller, value }, deps) => agreedReload(deps, caller, value),
};
