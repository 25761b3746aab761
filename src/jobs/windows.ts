import { windowSubject } from '../domain/event.ts';
import type { Logger } from '../usecases/log.ts';
import type { WindowDeps } from '../usecases/window/change.ts';
import { followWindows } from '../usecases/window/follow.ts';
import { planWindows } from '../usecases/window/plan-recurring.ts';
import type { Chore } from './chores.ts';

/** Recurring windows become windows, and all are followed to their end; the log says of each what was done, or why nothing was. */
export function windows(deps: WindowDeps, log: Logger): readonly Chore[] {
  const plan = async () => {
    for (const { number, window, status } of await planWindows(deps))
      log.info({ win: windowSubject(number), window, status }, 'planned');
  };
  const follow = async () => {
    for (const { window, reasons } of await followWindows(deps)) log.info({ win: window, reasons }, 'followed');
  };
  return [
    { name: 'plan-windows', run: plan },
    { name: 'follow-windows', run: follow },
  ];
}
