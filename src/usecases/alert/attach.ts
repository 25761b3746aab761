import { declareFor, isIncident, type NewsOfAlerts, tellIncident, topicOf } from '../../domain/alert/attach.ts';
import { alertEventNow } from '../../domain/alert/decision.ts';
import type { AlertEvent } from '../../domain/alert/events.ts';
import { type AlertGroup, isMuted } from '../../domain/alert/group.ts';
import type { AlertReason } from '../../domain/alert/look.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { type EventDraft, incidentSubject } from '../../domain/event.ts';
import { follow } from '../../domain/incident/apply.ts';
import type { Situation } from '../../domain/incident/decision.ts';
import type { IncidentEvent } from '../../domain/incident/events.ts';
import type { Incident } from '../../domain/incident/state.ts';
import { isOpen } from '../../domain/incident/transitions.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import { type PageWrite, together } from '../page/change.ts';
import { pagesOfIncident } from '../page/for-incident.ts';
import type { Tx } from '../ports.ts';
import { openIncidents } from './open-incidents.ts';

/** A group that changed in this transaction. */
export interface MovedGroup {
  readonly reason: AlertReason;
  /** As it is after the change. */
  readonly group: AlertGroup;
  /** The incident that its life before this one belonged to, when it begins anew. */
  readonly before: number | null;
}

/** What follows for incidents, and for the groups that belong to one from now on. */
export interface Attached {
  readonly attachments: ReadonlyMap<number, EventDraft<AlertEvent>>;
  readonly events: readonly { readonly subject: string; readonly draft: EventDraft<IncidentEvent> }[];
  readonly incidents: readonly Incident[];
  readonly deliveries: readonly Delivery[];
  /** Whoever is woken for what was declared, or became worse. */
  readonly pages: PageWrite;
}

/**
 * Groups that begin belong to the open incident about their service, or are declared as one where their rule says so; so are groups
 * that were an incident, once they fire again after that was resolved. An incident is at least as severe as the groups that it takes
 * the place of an incident for. It is told of all that, of what fires again and of the last one that is clear, in a line each.
 */
export async function attachToIncidents(tx: Tx, moved: readonly MovedGroup[], situation: Situation): Promise<Attached> {
  const unattached = await withoutIncident(tx, moved, situation.spec);
  const topics = new Set(unattached.flatMap((group) => topicOf(group) ?? []));
  const found = await openIncidents(tx, [...topics]);
  const open = new Map([...found].map(([topic, { number }]) => [topic, number]));
  const book = new Map<
    number,
    { incident: Incident | null; events: EventDraft<IncidentEvent>[]; deliveries: Delivery[] }
  >();
  const attachments = new Map<number, EventDraft<AlertEvent>>();
  const attached = new Map<number, AlertGroup[]>();

  const declare = async (group: AlertGroup): Promise<number | null> => {
    const decided = isIncident(group, situation.spec) ? declareFor(group, null, situation) : null;
    // What cannot be declared keeps its card, and the button that says why.
    if (decided === null || !decided.ok) return null;
    const number = await tx.nextIncidentNumber();
    const { events, deliveries } = decided.value(number);
    book.set(number, { incident: null, events: [...events], deliveries: [...deliveries] });
    return number;
  };

  for (const group of unattached) {
    const topic = topicOf(group) ?? '';
    const known = open.get(topic);
    const incident = known ?? (await declare(group));
    if (incident === null) continue;
    if (known !== undefined) attached.set(incident, [...(attached.get(incident) ?? []), group]);
    if (topic !== '') open.set(topic, incident);
    const body = { kind: 'alerts.attached' as const, incident, declared: known === undefined };
    attachments.set(group.number, alertEventNow(situation, body));
  }

  for (const [number, news] of await newsFor(tx, moved, attached, attachments, situation)) {
    const page = book.get(number);
    const known = page === undefined ? await tx.incident(number) : follow(null, number, page.events);
    if (known === null) continue;
    const { events, deliveries } = tellIncident(known, news, situation);
    book.set(number, {
      incident: page === undefined ? known : null,
      events: [...(page?.events ?? []), ...events],
      deliveries: [...(page?.deliveries ?? []), ...deliveries],
    });
  }

  const pages: PageWrite[] = [];
  for (const [number, entry] of book) {
    if (entry.events.length === 0) continue;
    const after = follow(entry.incident, number, entry.events);
    const { write, incident } = await pagesOfIncident(tx, entry.incident, after, situation);
    entry.events.push(...incident.events);
    entry.deliveries.push(...incident.deliveries);
    pages.push(write);
  }

  return {
    attachments,
    pages: together(pages),
    events: [...book].flatMap(([number, { events }]) =>
      events.map((draft) => ({ subject: incidentSubject(number), draft })),
    ),
    incidents: [...book].flatMap(([number, { incident, events }]) =>
      events.length === 0 ? [] : [follow(incident, number, events)],
    ),
    deliveries: [...book.values()].flatMap(({ deliveries }) => deliveries),
  };
}

/** Groups that begin, and those that fire again and were an incident, which is over. */
async function withoutIncident(tx: Tx, moved: readonly MovedGroup[], spec: OperationsSpec): Promise<AlertGroup[]> {
  const begun = moved.filter(({ reason }) => reason === 'began' || reason === 'began-in-storm');
  const again = moved.filter(({ reason, group }) => reason === 'recurred' && isIncident(group, spec));
  const over = new Set<number>();
  for (const number of [...new Set(again.flatMap(({ group }) => group.incident ?? []))].sort((a, b) => a - b)) {
    const incident = await tx.incident(number);
    if (incident !== null && !isOpen(incident)) over.add(number);
  }
  const back = again.filter(({ group }) => group.incident !== null && over.has(group.incident));
  return [...begun, ...back].map(({ group }) => group);
}

async function newsFor(
  tx: Tx,
  moved: readonly MovedGroup[],
  attached: ReadonlyMap<number, readonly AlertGroup[]>,
  attachments: ReadonlyMap<number, EventDraft<AlertEvent>>,
  { now, spec }: Situation,
): Promise<[number, NewsOfAlerts][]> {
  const again = (incident: number) =>
    moved.flatMap(({ reason, group, before }) => {
      const isIts = reason === 'recurred' ? group.incident === incident : before === incident;
      return isIts && !isMuted(group, now) && !attached.get(incident)?.includes(group) ? [group] : [];
    });
  const cleared = moved.flatMap(({ reason, group }) => (reason === 'cleared' ? (group.incident ?? []) : []));
  const clear = await allClear(tx, [...new Set(cleared)], moved, attachments);
  const involved = new Set([
    ...attached.keys(),
    ...cleared,
    ...moved.flatMap(({ reason, group, before }) => (reason === 'recurred' ? group.incident : before) ?? []),
  ]);
  return [...involved]
    .sort((a, b) => a - b)
    .map((incident) => {
      const joining = attached.get(incident) ?? [];
      const urgent = joining.filter((group) => isIncident(group, spec));
      const allClear = clear.get(incident) ?? null;
      return [incident, { attached: joining, urgent, again: again(incident), allClear }];
    });
}

/** Incidents that were declared for alerts of which none fires any more, with how many groups they had. */
async function allClear(
  tx: Tx,
  incidents: readonly number[],
  moved: readonly MovedGroup[],
  attachments: ReadonlyMap<number, EventDraft<AlertEvent>>,
): Promise<Map<number, number>> {
  if (incidents.length === 0) return new Map();
  const isMoved = new Set(moved.map(({ group }) => group.number));
  const joins = (incident: number) =>
    [...attachments.values()].some(({ body }) => body.kind === 'alerts.attached' && body.incident === incident);
  const firesHere = (incident: number) =>
    moved.some(({ group }) => group.incident === incident && group.status === 'firing') || joins(incident);
  const known = await tx.alertsOfIncidents(incidents);
  return new Map(
    known.flatMap(({ incident, declared, groups, firing }) =>
      declared && firing.every((number) => isMoved.has(number)) && !firesHere(incident) ? [[incident, groups]] : [],
    ),
  );
}
