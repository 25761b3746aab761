import type { Delivery } from '../../domain/delivery.ts';
import { type EventDraft, windowSubject } from '../../domain/event.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { PermissionVerb } from '../../domain/permissions.ts';
import { follow } from '../../domain/window/apply.ts';
import type { WindowDecided, WindowSituation } from '../../domain/window/decision.ts';
import type { WindowEvent } from '../../domain/window/events.ts';
import { unknownWindow, type WindowRefusal } from '../../domain/window/refusals.ts';
import { approvalRules, type MaintenanceWindow } from '../../domain/window/window.ts';
import { notPermitted } from '../permit.ts';
import type { Caller, Clock, SpecSource, Store, Tx } from '../ports.ts';

/** What every verb of a window works with. */
export interface WindowDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly spec: SpecSource;
}

export type WindowChanged = Outcome<MaintenanceWindow, WindowRefusal>;

/**
 * The shape of every verb: load or refuse, permission, let the domain decide, write events, state and deliveries together,
 * return the window as it is now. A repeated request gets the first answer and does nothing.
 *
 * @param verb what the caller must be allowed; to approve it the window's own approvers must name them too
 */
export function changeWindow(
  deps: WindowDeps,
  caller: Caller,
  verb: Extract<PermissionVerb, `window.${string}`>,
  number: number,
  decide: (window: MaintenanceWindow, situation: WindowSituation, tx: Tx) => WindowDecided | Promise<WindowDecided>,
): Promise<WindowChanged> {
  return deps.store.once<WindowChanged>(caller.requestKey, async (tx) => {
    const window = await tx.window(number);
    if (window === null) return unknownWindow(number);
    // The clock is read under the lock, so that the times of one chain go forward.
    const situation = { actor: caller.actor, now: deps.clock.now(), spec: deps.spec.current() };
    const own = verb === 'window.approve' ? approvalRules(window) : [];
    const refusal = notPermitted(situation.spec, verb, caller, situation.now, ...own);
    if (refusal !== null) {
      await writeWindow(tx, window, number, [refusal.event], []);
      return refusal.answer;
    }
    const decided = await decide(window, situation, tx);
    if (!decided.ok) return decided;
    return done(await writeWindow(tx, window, number, decided.value.events, decided.value.deliveries));
  });
}

/** Appends the events to the window's chain, replaces its state by what follows from them, promises the deliveries. */
export async function writeWindow(
  tx: Tx,
  before: MaintenanceWindow | null,
  number: number,
  events: readonly EventDraft<WindowEvent>[],
  deliveries: readonly Delivery[],
): Promise<MaintenanceWindow> {
  const window = follow(before, number, events);
  const subject = windowSubject(number);
  await tx.save({ events: events.map((draft) => ({ subject, draft })), windows: [window], deliveries });
  return window;
}
