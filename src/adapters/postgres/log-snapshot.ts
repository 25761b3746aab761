import type { Actor } from '../../domain/actor.ts';
import type { LogRow } from '../../domain/audit/check-chain.ts';
import type { StateRow } from '../../domain/audit/check-state.ts';
import type { StateId, StateKind } from '../../domain/audit/states.ts';
import type { LogSnapshot } from '../../usecases/audit-port.ts';
import { CHAIN_VERSION, digestOf, type HashedFields, hashOf } from './hash.ts';
import type { Session } from './session.ts';

interface Row {
  readonly subject: string;
  readonly seq: number;
  readonly v: number;
  /** A Date, unless somebody wrote `infinity` there. */
  readonly occurredAt: unknown;
  readonly recordedAt: unknown;
  readonly actor: Actor;
  readonly kind: string;
  readonly digest: string;
  readonly prevHash: string;
  readonly hash: string;
  readonly salt: string | null;
  readonly body: unknown;
  readonly headSeq: number | null;
  readonly headHash: string | null;
}

const ROWS = `
  declare log_rows no scroll cursor for
  select event.*, said.salt, said.body, head.seq as "headSeq", head.hash as "headHash"
    from "Event" as event
    left join "EventBody" as said using (subject, seq)
    left join "EventHead" as head on head.subject = event.subject
   order by event.subject, event.seq`;

type StateTableRow = Readonly<Record<string, string | number | Date | null>>;

/** Written as set operations and look-ups by key: what a planner without statistics makes of joins here is quadratic. */
const STRAYS = `
  with tombstone as materialized (
    select subject, kind, least(greatest(case jsonb_typeof(said) when 'number' then said::numeric end, 0), 2147483647)::int as seq
      from "Event" join "EventBody" using (subject, seq),
           lateral (select case kind when 'event.erased' then body->'seq' else body->'throughSeq' end) as reach(said)
     where kind in ('event.erased', 'event.expired')
  ), returned as (
    select said.subject, said.seq from tombstone
      join "EventBody" as said on said.subject = tombstone.subject and said.seq = tombstone.seq
     where tombstone.kind = 'event.erased'
    union
    select said.subject, said.seq
      from (select subject, max(seq) as through from tombstone where kind = 'event.expired' group by subject) as past
      join "EventBody" as said on said.subject = past.subject and said.seq <= past.through
  )
  select 'head' as what, subject, seq from "EventHead"
   where subject in (select subject from "EventHead" except select subject from "Event")
  union all
  (select 'body', subject, seq from "EventBody" except select 'body', subject, seq from "Event")
  union all
  select 'returned-body', subject, seq from returned join "Event" using (subject, seq)
   where kind not in ('event.erased', 'event.expired')
   order by subject, seq`;

const HASHES = `
  select event.hash
    from unnest($1::text[], $2::int[]) with ordinality as place(subject, seq, n)
    left join "Event" as event on event.subject = place.subject and event.seq = place.seq
   order by n`;

const statesOf = ({ table, id }: StateKind) =>
  `select * from "${table}" where ${id} = any($1::${id === 'number' ? 'bigint' : 'text'}[])`;

const statesWithoutChain = ({ prefix, table, id }: StateKind) => `
  select '${prefix}-' || ${id} as subject from "${table}"
  except
  select subject from "Event"
   order by subject`;

/** The log as the transaction of this session sees it, which must be a repeatable read. */
export function snapshotIn(session: Session): LogSnapshot {
  return {
    rows: () => rowsIn(session),
    strays: () => session.rows(STRAYS, []),
    hashesAt: async (places) => {
      if (places.length === 0) return [];
      const columns = [places.map(({ subject }) => subject), places.map(({ seq }) => seq)];
      return (await session.rows<{ hash: string | null }>(HASHES, columns)).map(({ hash }) => hash);
    },
    states: async (kind, ids) => {
      const rows = await session.rows<StateTableRow>(statesOf(kind), [ids]);
      return new Map(rows.map((row) => [row[kind.id] as StateId, stateRow(row)]));
    },
    statesWithoutChain: async (kind) =>
      (await session.rows<{ subject: string }>(statesWithoutChain(kind), [])).map(({ subject }) => subject),
  };
}

async function* rowsIn(session: Session): AsyncGenerator<LogRow, void> {
  await session.rows(ROWS, []);
  for (;;) {
    const page = await session.rows<Row>('fetch 1000 from log_rows', []);
    for (const row of page) yield logRow(row);
    if (page.length === 0) break;
  }
  await session.rows('close log_rows', []);
}

function logRow({ salt, headSeq, headHash, ...row }: Row): LogRow {
  const event = { ...row, occurredAt: dateIn(row.occurredAt), recordedAt: dateIn(row.recordedAt) };
  return {
    ...event,
    computedHash: row.v === CHAIN_VERSION ? hashNow(event) : null,
    computedDigest: salt === null ? null : digestOf(salt, row.body),
    head: headSeq === null || headHash === null ? null : { seq: headSeq, hash: headHash },
  };
}

function stateRow({ state, ...columns }: StateTableRow): StateRow {
  const millis = ([name, value]: [string, string | number | Date | null]) => [
    name,
    value instanceof Date ? value.getTime() : value,
  ];
  return { columns: Object.fromEntries(Object.entries(columns).map(millis)), state };
}

/** The hash of what stands in the row; of an instant that is none, which nobody wrote through us, something that is no hash. */
function hashNow(event: HashedFields): string {
  const instants = [event.occurredAt, event.recordedAt];
  return instants.some((at) => Number.isNaN(at.getTime())) ? 'no instant' : hashOf(event);
}

/** An instant of the database; an invalid date for what is none. */
function dateIn(value: unknown): Date {
  return value instanceof Date ? value : new Date(Number.NaN);
}
