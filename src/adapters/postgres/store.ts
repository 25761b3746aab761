import { SPEC_SUBJECT } from '../../domain/event.ts';
import type { Incident } from '../../domain/incident/state.ts';
import { OPEN_STATUSES } from '../../domain/incident/transitions.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Store } from '../../usecases/ports.ts';
import { alertReads } from './alert-reads.ts';
import { backupReads } from './backup-reads.ts';
import type { Database } from './client.ts';
import { drillReads } from './drill-reads.ts';
import { eventsOf } from './event-log.ts';
import { reaching } from './faults.ts';
import { mayExist } from './numbers.ts';
import { type DeliveryQueue, once } from './once.ts';
import { pageReads } from './page-reads.ts';
import { runReads } from './run-reads.ts';
import { rowsOf } from './session.ts';
import { StoreTx } from './transaction.ts';
import { windowReads } from './window-reads.ts';

const ANSWERED = 'select 1 from "Request" where key = $1';

const FIRST_IN_FORCE = 'select "recordedAt" as at from "Event" where subject = $1 and seq = 1';

const SINCE = `
  select state from "Incident"
   where greatest((state->>'declaredAt')::timestamptz, (state->>'resolvedAt')::timestamptz,
                  (state->>'documentedAt')::timestamptz) >= $1
   order by number`;

/**
 * The store of incidents, of runs of duties, of maintenance windows, of pages, of backups, of drills, and their log. Every method throws DatabaseUnavailable when the database cannot be reached.
 *
 * @param queue is told of promised deliveries inside the transaction that promises them
 */
export function createStore(db: Database, queue: DeliveryQueue): Store {
  const { prisma, pool } = db;
  const incidents = async (query: Omit<Prisma.IncidentFindManyArgs, 'select'>): Promise<Incident[]> => {
    const rows = await reaching(() => prisma.incident.findMany({ ...query, select: { state: true } }));
    return rows.map(({ state }) => incidentIn(state));
  };
  const first = async (where: Prisma.IncidentWhereInput) => (await incidents({ where, take: 1 }))[0] ?? null;
  return {
    once: (requestKey, work) => once(pool, queue, requestKey, (session) => new StoreTx(session), work),
    wasAnswered: async (key) => (await reaching(() => rowsOf(pool, ANSWERED, [key]))).length > 0,
    firstInForceAt: async () => {
      const [first] = await reaching(() => rowsOf<{ at: Date }>(pool, FIRST_IN_FORCE, [SPEC_SUBJECT]));
      return first?.at ?? null;
    },
    incident: async (number) => (mayExist(number) ? first({ number }) : null),
    incidentInChannel: (channelId) => first({ channelId }),
    incidents: (which, limit) =>
      incidents({
        ...(which === 'open' && { where: { status: { in: [...OPEN_STATUSES] } } }),
        orderBy: { number: 'desc' },
        take: limit,
      }),
    incidentsWithUpdateDue: (now) =>
      incidents({
        where: { status: { in: [...OPEN_STATUSES] }, nextUpdateDueAt: { lte: now } },
        orderBy: [{ nextUpdateDueAt: 'asc' }, { number: 'asc' }],
      }),
    incidentsAwaitingPostmortem: () =>
      incidents({
        where: { status: 'resolved', postmortemDueAt: { not: null } },
        orderBy: [{ postmortemDueAt: 'asc' }, { number: 'asc' }],
      }),
    incidentsSince: async (from) =>
      (await reaching(() => rowsOf<{ state: Incident }>(pool, SINCE, [from]))).map(({ state }) => state),
    publishedIncidents: (since, limit) =>
      incidents({
        where: {
          OR: [{ publishedAt: { gte: since } }, { publishedAt: { not: null }, status: { in: [...OPEN_STATUSES] } }],
        },
        orderBy: { number: 'desc' },
        take: limit,
      }),
    ...runReads(pool),
    ...windowReads(pool),
    ...alertReads(pool),
    ...pageReads(pool),
    ...backupReads(pool),
    ...drillReads(pool),
    events: (subject) => eventsOf((text, values) => reaching(() => rowsOf(pool, text, values)), subject),
  };
}

/** `state` is only ever written by us, whole, from an Incident; the database's type for it is any JSON. */
function incidentIn(state: Prisma.JsonValue): Incident {
  return state as unknown as Incident;
}
