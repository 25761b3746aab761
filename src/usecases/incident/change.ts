import type { Delivery } from '../../domain/delivery.ts';
import { type EventDraft, incidentSubject } from '../../domain/event.ts';
import { follow } from '../../domain/incident/apply.ts';
import type { Decided, Decision, Situation } from '../../domain/incident/decision.ts';
import type { IncidentEvent } from '../../domain/incident/events.ts';
import { type IncidentRefusal, unknownIncident } from '../../domain/incident/refusals.ts';
import type { Incident } from '../../domain/incident/state.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { PermissionVerb } from '../../domain/permissions.ts';
import type { PageWrite } from '../page/change.ts';
import { pagesOfIncident } from '../page/for-incident.ts';
import { notPermitted } from '../permit.ts';
import type { Caller, Clock, SpecSource, Store, Tx } from '../ports.ts';

/** What every verb of an incident works with. */
export interface IncidentDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly spec: SpecSource;
}

export type Changed = Outcome<Incident, IncidentRefusal>;

/**
 * The shape of every verb: load or refuse, permission, let the domain decide, write events, state and deliveries
 * together, return the incident as it is now. A repeated request gets the first answer and does nothing.
 *
 * @param verb what the caller must be allowed; null where nobody needs to be
 */
export function changeIncident(
  deps: IncidentDeps,
  caller: Caller,
  verb: PermissionVerb | null,
  number: number,
  decide: (incident: Incident, situation: Situation) => Decided,
): Promise<Changed> {
  return deps.store.once<Changed>(caller.requestKey, async (tx) => {
    const incident = await tx.incident(number);
    if (incident === null) return unknownIncident(number);
    // The clock is read under the lock, so that the times of one chain go forward.
    const situation = { actor: caller.actor, now: deps.clock.now(), spec: deps.spec.current() };
    const refusal = verb === null ? null : notPermitted(situation.spec, verb, caller, situation.now);
    if (refusal !== null) {
      await writeIncident(tx, incident, number, [refusal.event], []);
      return refusal.answer;
    }
    const decided = decide(incident, situation);
    if (!decided.ok) return decided;
    return done(await writeWithPages(tx, incident, number, decided.value, situation));
  });
}

/** As `writeIncident`, with what the change does to pages, in the same write. */
export async function writeWithPages(
  tx: Tx,
  before: Incident | null,
  number: number,
  { events, deliveries }: Decision,
  situation: Situation,
): Promise<Incident> {
  const pages = await pagesOfIncident(tx, before, follow(before, number, events), situation);
  return writeIncident(
    tx,
    before,
    number,
    [...events, ...pages.incident.events],
    [...deliveries, ...pages.incident.deliveries],
    pages.write,
  );
}

/** Appends the events to the incident's chain, replaces its state by what follows from them, promises the deliveries. */
export async function writeIncident(
  tx: Tx,
  before: Incident | null,
  number: number,
  events: readonly EventDraft<IncidentEvent>[],
  deliveries: readonly Delivery[],
  beside: Partial<PageWrite> = {},
): Promise<Incident> {
  const incident = follow(before, number, events);
  const subject = incidentSubject(number);
  await tx.save({
    ...beside,
    events: [...events.map((draft) => ({ subject, draft })), ...(beside.events ?? [])],
    incidents: [incident],
    deliveries: [...(beside.deliveries ?? []), ...deliveries],
  });
  return incident;
}
