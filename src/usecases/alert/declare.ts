import { declareFor, tellIncident, topicOf } from '../../domain/alert/attach.ts';
import { alertEventNow } from '../../domain/alert/decision.ts';
import type { AlertGroup } from '../../domain/alert/group.ts';
import { type AlertRefusal, clearRefusal, unknownAlert } from '../../domain/alert/refusals.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { alertSubject, type EventDraft, incidentSubject } from '../../domain/event.ts';
import { follow } from '../../domain/incident/apply.ts';
import type { Decision, Situation } from '../../domain/incident/decision.ts';
import type { IncidentEvent } from '../../domain/incident/events.ts';
import type { IncidentRefusal } from '../../domain/incident/refusals.ts';
import type { Incident } from '../../domain/incident/state.ts';
import { done, type Outcome, refused } from '../../domain/outcome.ts';
import type { PageWrite } from '../page/change.ts';
import { pagesOfIncident } from '../page/for-incident.ts';
import { notPermitted } from '../permit.ts';
import type { Caller, Tx } from '../ports.ts';
import { type AlertDeps, writeAlerts } from './change.ts';
import { openIncidents } from './open-incidents.ts';

/** `declared` is false when an incident of its service was open already: then the group belongs to that one. */
export type DeclaredForAlerts = Outcome<
  { readonly incident: number; readonly declared: boolean },
  AlertRefusal | IncidentRefusal
>;

/**
 * Makes a group of alerts an incident, once however often it is asked for and for however many groups of a service at once. An
 * incident that is open already becomes as severe as the group, as a new one would be. Whoever may not declare incidents may not
 * do it here either.
 *
 * @param origin channel in which it was asked for; null for none
 */
export function declareForAlerts(
  deps: AlertDeps,
  caller: Caller,
  { number, origin }: { readonly number: number; readonly origin: string | null },
): Promise<DeclaredForAlerts> {
  return deps.store.once<DeclaredForAlerts>(caller.requestKey, async (tx) => {
    await tx.alertsAlone();
    const group = await tx.alertGroup(number);
    if (group === null) return unknownAlert(number);
    const spec = deps.spec.current();
    const situation = { actor: caller.actor, now: deps.clock.now(), spec };
    const refusal = notPermitted(spec, 'alert.declare', caller, situation.now, spec.permissions['incident.declare']);
    if (refusal !== null) {
      await writeAlerts(tx, group, [refusal.event], {});
      return refusal.answer;
    }
    if (group.incident !== null) {
      const words = `${alertSubject(number)} belongs to ${incidentSubject(group.incident)} already.`;
      return refused('already-declared', words);
    }
    const clear = clearRefusal(group);
    if (clear !== null) return clear;
    const decided =
      (await openIncidentFor(tx, group, situation)) ?? (await newIncidentFor(tx, group, origin, situation));
    if (!('incident' in decided)) return decided;
    const { incident, declared, events, deliveries, pages } = decided;
    const attached = alertEventNow(situation, { kind: 'alerts.attached', incident: incident.number, declared });
    const subject = incidentSubject(incident.number);
    await writeAlerts(tx, group, [attached], {
      ...pages,
      events: [...events.map((draft) => ({ subject, draft })), ...pages.events],
      incidents: [incident],
      deliveries: [...pages.deliveries, ...deliveries],
    });
    return done({ incident: incident.number, declared });
  });
}

interface FoundIncident {
  readonly incident: Incident;
  readonly declared: boolean;
  readonly events: readonly EventDraft<IncidentEvent>[];
  readonly deliveries: readonly Delivery[];
  /** Whoever is woken for it. */
  readonly pages: PageWrite;
}

async function openIncidentFor(tx: Tx, group: AlertGroup, situation: Situation): Promise<FoundIncident | null> {
  const topic = topicOf(group);
  const incident = topic === null ? undefined : (await openIncidents(tx, [topic])).get(topic);
  if (incident === undefined) return null;
  const told = tellIncident(incident, { attached: [group], urgent: [group], again: [], allClear: null }, situation);
  return found(tx, incident, incident.number, told, situation);
}

async function newIncidentFor(
  tx: Tx,
  group: AlertGroup,
  origin: string | null,
  situation: Situation,
): Promise<FoundIncident | Extract<DeclaredForAlerts, { ok: false }>> {
  const decided = declareFor(group, origin, situation);
  if (!decided.ok) return decided;
  const number = await tx.nextIncidentNumber();
  return found(tx, null, number, decided.value(number), situation);
}

async function found(
  tx: Tx,
  before: Incident | null,
  number: number,
  { events, deliveries }: Decision,
  situation: Situation,
): Promise<FoundIncident> {
  const woken = await pagesOfIncident(tx, before, follow(before, number, events), situation);
  const all = [...events, ...woken.incident.events];
  return {
    incident: follow(before, number, all),
    declared: before === null,
    events: all,
    deliveries: [...deliveries, ...woken.incident.deliveries],
    pages: woken.write,
  };
}
