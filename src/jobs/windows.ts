import { windowSubject } from '../domain/event.ts';
import { type FindEndedDeps, findEndedAlerts } from '../usecases/alert/find-ended.ts';
import { keepAlertsSilenced } from '../usecases/alert/keep-silences.ts';
import type { Logger } from '../usecases/log.ts';
import type { WindowDeps } from '../usecases/window/change.ts';
import { followWindows } from '../usecases/window/follow.ts';
import { keepWindowsQuiet, type QuietDeps } from '../usecases/window/keep-quiet.ts';
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

/**
 * What windows cover, and what people silenced, is kept quiet elsewhere too, and looked at again when they are over; what ended meanwhile does not fire any more
 * by then. One at a time: what is there is asked first.
 */
export function quietWindows(deps: QuietDeps & FindEndedDeps, log: Logger): Chore {
  let last: Promise<void> = Promise.resolve();
  const findEnded = async () => {
    for (const { alert, reason } of await findEndedAlerts(deps))
      log[reason === 'ended-unseen' || reason === 'fires-again' ? 'info' : 'debug'](
        { alert, reason },
        'looked for an alert that is silenced',
      );
  };
  const keepWindows = async () => {
    for (const { window, events } of await keepWindowsQuiet(deps))
      if (events.length > 0) log.info({ win: window, events }, 'kept quiet');
  };
  const keepAlerts = async () => {
    for (const { alert, events } of await keepAlertsSilenced(deps))
      if (events.length > 0) log.info({ alert, events }, 'kept silenced');
  };
  /** One that fails keeps no other from being done. */
  const keep = async () => {
    const faults: unknown[] = [];
    for (const step of [findEnded, keepWindows, keepAlerts]) await step().catch((fault: unknown) => faults.push(fault));
    if (faults.length === 1) throw faults[0];
    if (faults.length > 1) throw new AggregateError(faults, 'what is silenced could not be seen to');
  };
  return {
    name: 'keep-quiet',
    run: () => {
      const mine = last.then(keep);
      last = mine.catch(() => {});
      return mine;
    },
  };
}
