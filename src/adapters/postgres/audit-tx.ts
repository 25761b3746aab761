import type { AnchoredHead } from '../../domain/audit/events.ts';
import { ANCHOR_SUBJECT, type StoredEvent } from '../../domain/event.ts';
import type { AuditTx } from '../../usecases/audit-port.ts';
import { eventsOf } from './event-log.ts';
import { StoreTx } from './transaction.ts';

type Which = Parameters<AuditTx['removeBodies']>[1];

/** What was delivered repeats what events say: their lines, the summary of an incident, lists of runs. */
const REMOVE = `
  with gone as (
    delete from "EventBody" as said using "Event" as event
     where said.subject = $1 and event.subject = $1 and event.seq = said.seq
       and (said.seq = $2 or said.seq <= $3) and event.kind not in ('event.erased', 'event.expired')
  )
  delete from "Delivery"
   where status <> 'pending'
     and ($1 in ('INC-' || (intent->'message'->>'incident'), 'INC-' || (intent->'message'->'summary'->>'number'),
                 'RUN-' || (intent->'message'->>'run'), 'WIN-' || (intent->'message'->>'window'))
          or exists (select from jsonb_array_elements(intent->'message'->'runs') as run
                      where 'RUN-' || (run->>'run') = $1))`;

/** A transaction of the store that may also look at chains and erase what they say. */
export class PostgresAuditTx extends StoreTx implements AuditTx {
  readonly #removals: { readonly subject: string; readonly which: Which }[] = [];

  async lock(subject: string): Promise<number> {
    await this.lockAll([subject]);
    return this.heads.get(subject)?.seq ?? 0;
  }

  async event(subject: string, seq: number): Promise<StoredEvent | null> {
    const [row] = await this.session.rows<StoredEvent>(
      `select event.subject, event.seq, event."occurredAt", event."recordedAt", event.actor, event.kind, said.body
         from "Event" as event left join "EventBody" as said using (subject, seq)
        where event.subject = $1 and event.seq = $2`,
      [subject, seq],
    );
    return row ?? null;
  }

  events<Body extends { kind: string }>(subject: string): AsyncIterable<StoredEvent<Body>> {
    return eventsOf(this.session.rows, subject);
  }

  movedHeads(): Promise<AnchoredHead[]> {
    return this.session.rows(
      `select subject, seq, hash from "EventHead"
        where seq > "anchoredSeq" and subject <> $1 order by subject collate "C"`,
      [ANCHOR_SUBJECT],
    );
  }

  async markAnchored(heads: readonly AnchoredHead[]): Promise<void> {
    await this.session.rows(
      `update "EventHead" as head set "anchoredSeq" = anchored.seq
         from unnest($1::text[], $2::int[]) as anchored(subject, seq)
        where head.subject = anchored.subject and head."anchoredSeq" < anchored.seq`,
      [heads.map(({ subject }) => subject), heads.map(({ seq }) => seq)],
    );
  }

  removeBodies(subject: string, which: Which): void {
    this.#removals.push({ subject, which });
  }

  /** After everything was written: the database lets go only of bodies whose chain already says why. */
  async finish(): Promise<void> {
    for (const { subject, which } of this.#removals) {
      const [seq, throughSeq] = 'seq' in which ? [which.seq, 0] : [0, which.throughSeq];
      await this.session.rows(REMOVE, [subject, seq, throughSeq]);
    }
  }
}
