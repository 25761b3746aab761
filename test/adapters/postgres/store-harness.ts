import { openDatabase } from '../../../src/adapters/postgres/client.ts';
import type { DeliveryQueue } from '../../../src/adapters/postgres/once.ts';
import { createStore } from '../../../src/adapters/postgres/store.ts';
import type { PromisedDelivery } from '../../../src/adapters/postgres/write.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import { type EventDraft, incidentSubject } from '../../../src/domain/event.ts';
import { follow } from '../../../src/domain/incident/apply.ts';
import type { IncidentEvent } from '../../../src/domain/incident/events.ts';
import type { Incident } from '../../../src/domain/incident/state.ts';
import type { ActionJob } from '../../../src/usecases/jobs-port.ts';
import type { Tx, Write } from '../../../src/usecases/ports.ts';
import { freshDatabase } from '../../support/postgres.ts';

export const alice = { kind: 'slack', user: 'UALICE' } as const;
export const noon = new Date('2026-11-20T12:00:00.000Z');

/** An event that Alice wrote down at noon. */
export function draft<const Body extends { kind: string }>(body: Body): EventDraft<Body> {
  return { actor: alice, occurredAt: noon, recordedAt: noon, body };
}

export function note(text: string): EventDraft<IncidentEvent> {
  return draft({ kind: 'incident.noted', text });
}

export function declaration(number: number, title = 'Checkout is down'): EventDraft<IncidentEvent> {
  return draft({
    kind: 'incident.declared',
    number,
    title,
    category: null,
    service: null,
    description: '',
    origin: null,
    announcedIn: [],
  });
}

/** These events of one incident, and the state they lead to. */
export function writeOf(
  before: Incident | null,
  number: number,
  drafts: readonly EventDraft<IncidentEvent>[],
  deliveries: readonly Delivery[] = [],
): Write {
  const subject = incidentSubject(number);
  return {
    events: drafts.map((draft) => ({ subject, draft })),
    incidents: [follow(before, number, drafts)],
    deliveries,
  };
}

/** Declares an incident and answers with its number. */
export async function declare(tx: Tx, ...more: EventDraft<IncidentEvent>[]): Promise<number> {
  const number = await tx.nextIncidentNumber();
  await tx.save(writeOf(null, number, [declaration(number), ...more], [{ kind: 'open-channel', incident: number }]));
  return number;
}

/** Adds events to an incident that exists. */
export async function addTo(tx: Tx, number: number, ...drafts: EventDraft<IncidentEvent>[]): Promise<void> {
  const incident = await tx.incident(number);
  if (incident === null) throw new Error(`there is no INC-${number}`);
  await tx.save(writeOf(incident, number, drafts));
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** A store in a database of its own, with a queue that only remembers. */
export async function storeHarness() {
  const fresh = await freshDatabase();
  const db = openDatabase(fresh.url);
  const promised: PromisedDelivery[][] = [];
  const actions: ActionJob[] = [];
  const queue: DeliveryQueue = {
    enqueue: async (_tx, promises, started = []) => {
      if (promises.length > 0) promised.push([...promises]);
      actions.push(...started);
    },
  };
  return {
    url: fresh.url,
    db,
    promised,
    /** Attempts that were put in the queue. */
    actions,
    store: createStore(db, queue),
    close: async () => {
      await db.close();
      await fresh.drop();
    },
  };
}
