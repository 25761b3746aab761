import { RETRY_BUTTON } from '../../blocks/ops-queue.ts';
import type { Action } from '../registry.ts';
import { retryAnswer } from '../retry.ts';

/** "Try again" beside an undeliverable message. */
export const retryDelivery: Action = {
  id: RETRY_BUTTON,
  permission: 'ops.queue',
  run: ({ caller, value }, deps) => retryAnswer(deps, caller, value),
};
