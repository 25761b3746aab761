import { follow } from '../../domain/alert/apply.ts';
import { type AlertSituation, showGroup } from '../../domain/alert/decision.ts';
import type { AlertEvent } from '../../domain/alert/events.ts';
import type { AlertGroup } from '../../domain/alert/group.ts';
import { type AlertDecided, type AlertRefusal, unknownAlert } from '../../domain/alert/refusals.ts';
import { alertSubject, type EventDraft } from '../../domain/event.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { PermissionVerb } from '../../domain/permissions.ts';
import { notPermitted } from '../permit.ts';
import type { Caller, Clock, SpecSource, Store, Tx, Write } from '../ports.ts';

/** What every verb about groups of alerts works with. */
export interface AlertDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly spec: SpecSource;
}

export type AlertChanged = Outcome<AlertGroup, AlertRefusal>;

/**
 * The shape of every verb about one group: load or refuse, permission, let the domain decide under the chain's lock, write
 * event, state and words together, show the group as it is now. A repeated request gets the first answer.
 */
export function changeAlerts(
  deps: AlertDeps,
  caller: Caller,
  verb: Extract<PermissionVerb, `alert.${string}`>,
  number: number,
  decide: (group: AlertGroup, situation: AlertSituation) => AlertDecided,
): Promise<AlertChanged> {
  return deps.store.once<AlertChanged>(caller.requestKey, async (tx) => {
    const group = await tx.alertGroup(number);
    if (group === null) return unknownAlert(number);
    const now = deps.clock.now();
    const refusal = notPermitted(deps.spec.current(), verb, caller, now);
    if (refusal !== null) {
      await writeAlerts(tx, group, [refusal.event], {});
      return refusal.answer;
    }
    const decided = decide(group, { actor: caller.actor, now });
    if (!decided.ok) return decided;
    const { events, deliveries } = decided.value;
    return done(await writeAlerts(tx, group, events, { deliveries }));
  });
}

/** Appends the events to the group's chain, replaces its state by what follows from them, shows it as it is now. */
export async function writeAlerts(
  tx: Tx,
  before: AlertGroup,
  events: readonly EventDraft<AlertEvent>[],
  { events: others = [], deliveries = [], ...beside }: Partial<Write>,
): Promise<AlertGroup> {
  const group = follow(before, before.number, events);
  const { number, storm, channel, startedAt } = group;
  await tx.save({
    ...beside,
    events: [...events.map((draft) => ({ subject: alertSubject(number), draft })), ...others],
    alertGroups: [group],
    alertStorms: storm === null ? [] : [{ number: storm, channel, openedAt: new Date(startedAt) }],
    deliveries: [showGroup(group), ...deliveries],
  });
  return group;
}
