import type { PublishedAnchor } from '../../domain/audit/events.ts';
import { OPEN_RUN_STATUSES } from '../../domain/duty/run.ts';
import { ANCHOR_SUBJECT } from '../../domain/event.ts';
import { OPEN_STATUSES } from '../../domain/incident/transitions.ts';
import { OPEN_WINDOW_STATUSES } from '../../domain/window/window.ts';
import type { AuditLog, AuditTx, Expirable } from '../../usecases/audit-port.ts';
import { PostgresAuditTx } from './audit-tx.ts';
import type { Database } from './client.ts';
import { reaching } from './faults.ts';
import { snapshotIn } from './log-snapshot.ts';
import { merkleRoot } from './merkle.ts';
import { type DeliveryQueue, once } from './once.ts';
import { inTransaction, rowsOf } from './session.ts';

type AnchorRow = Omit<PublishedAnchor, 'at'> & { readonly at: Date };

const ANCHORS_AFTER = `
  select event.seq as anchor, event.hash, event."recordedAt" as at, said.body->>'root' as root,
         said.body->'heads' as heads
    from "Event" as event join "EventBody" as said using (subject, seq)
   where event.subject = $1 and event.seq > $2 and event.kind = 'anchor.taken'
   order by event.seq`;

const EXPIRABLE = `
  select event.subject, max(event.seq) as "throughSeq", head.seq as last
    from "Event" as event
    join "EventBody" as said using (subject, seq)
    join "EventHead" as head on head.subject = event.subject
    join "Event" as latest on latest.subject = head.subject and latest.seq = head.seq
   where event."recordedAt" < $1 and event.kind not in ('event.erased', 'event.expired') and event.subject <> $2
     and (event.subject = any($3::text[]) or latest."recordedAt" < $1)
     and not exists (select from "Incident" where 'INC-' || number = event.subject and status = any($4::text[]))
     and not exists (select from "DutyRun" where 'RUN-' || number = event.subject and status = any($5::text[]))
     and not exists (select from "Window" where 'WIN-' || number = event.subject and status = any($6::text[]))
   group by event.subject, head.seq order by event.subject collate "C"`;

const FORGET = `
  with answers as (delete from "Request" where at < $1)
  delete from "Delivery" where "settledAt" < $2`;

/** The log for those who prove it, anchor it and erase from it. Throws DatabaseUnavailable as the store does. */
export function createAuditLog({ pool }: Database, queue: DeliveryQueue): AuditLog {
  return {
    once: <Answer>(requestKey: string | null, work: (tx: AuditTx) => Promise<Answer>) =>
      once<Answer, PostgresAuditTx>(
        pool,
        queue,
        requestKey,
        (session) => new PostgresAuditTx(session),
        work,
        (tx) => tx.finish(),
      ),
    snapshot: (look) =>
      reaching(() =>
        inTransaction(pool, (session) => look(snapshotIn(session)), 'begin isolation level repeatable read read only'),
      ),
    rootOf: merkleRoot,
    anchorsAfter: async (seq) => {
      const rows = await reaching(() => rowsOf<AnchorRow>(pool, ANCHORS_AFTER, [ANCHOR_SUBJECT, seq]));
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    },
    expirable: (before, streams) =>
      reaching(() =>
        rowsOf<Expirable>(pool, EXPIRABLE, [
          before,
          ANCHOR_SUBJECT,
          streams,
          OPEN_STATUSES,
          OPEN_RUN_STATUSES,
          OPEN_WINDOW_STATUSES,
        ]),
      ),
    forget: async ({ answersBefore, deliveriesBefore }) => {
      await reaching(() => rowsOf(pool, FORGET, [answersBefore, deliveriesBefore]));
    },
  };
}
