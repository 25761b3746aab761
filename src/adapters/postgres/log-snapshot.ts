import type { Actor } from '../../domain/actor.ts';
import type { LogRow } from '../../domain/audit/check-chain.ts';
import type { LogSnapshot } from '../../usecases/audit-port.ts';
import { CHAIN_VERSION, digestOf, hashOf } from './hash.ts';
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

const STRAYS = `
  with tombstone as (
    select subject, kind, case jsonb_typeof(body->'seq') when 'number' then (body->'seq')::numeric end as seq,
           case jsonb_typeof(body->'throughSeq') when 'number' then (body->'throughSeq')::numeric end as through
      from "Event" join "EventBody" using (subject, seq)
     where kind in ('event.erased', 'event.expired')
  )
  select 'head' as what, subject, seq from "EventHead" as head
   where not exists (select from "Event" as event where event.subject = head.subject)
  union all
  select 'body', subject, seq from "EventBody" as said
   where not exists (select from "Event" as event where event.subject = said.subject and event.seq = said.seq)
  union all
  select 'returned-body', event.subject, event.seq
    from "Event" as event join "EventBody" using (subject, seq)
   where event.kind not in ('event.erased', 'event.expired')
     and exists (select from tombstone
                  where tombstone.subject = event.subject
                    and case tombstone.kind when 'event.erased' then tombstone.seq = event.seq
                                            else event.seq <= tombstone.through end)
   order by subject, seq`;

const HASHES = `
  select event.hash
    from unnest($1::text[], $2::int[]) with ordinality as place(subject, seq, n)
    left join "Event" as event on event.subject = place.subject and event.seq = place.seq
   order by n`;

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
  return {
    ...row,
    computedHash: row.v === CHAIN_VERSION ? hashNow(row) : null,
    computedDigest: salt === null ? null : digestOf(salt, row.body),
    head: headSeq === null || headHash === null ? null : { seq: headSeq, hash: headHash },
  };
}

/** The hash of what stands in the row; of an instant that is none, which nobody wrote through us, something that is no hash. */
function hashNow({ occurredAt, recordedAt, ...fields }: Omit<Row, 'salt' | 'headSeq' | 'headHash'>): string {
  if (!isInstant(occurredAt) || !isInstant(recordedAt)) return 'no instant';
  return hashOf({ ...fields, occurredAt, recordedAt });
}

function isInstant(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}
