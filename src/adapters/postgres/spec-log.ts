import { SPEC_SUBJECT, type StoredEvent } from '../../domain/event.ts';
import type { SpecEvent } from '../../domain/spec/in-force.ts';
import type { SpecInForce, SpecInstance, SpecLog } from '../../usecases/spec-port.ts';
import type { Database } from './client.ts';
import { reaching } from './faults.ts';
import { rowsOf } from './session.ts';

/** An instance says each minute that it is alive; one that missed two is gone. */
export const SEEN = '150 seconds';

const LOADS = `
  select event.subject, event.seq, event."occurredAt", event."recordedAt", event.actor, event.kind, said.body
    from "Event" as event left join "EventBody" as said using (subject, seq)
   where event.subject = $1 and event.kind = 'spec.loaded'
   order by event.seq desc limit $2`;

const BEAT = `
  with gone as (delete from "SpecInstance" where "seenAt" < now() - interval '${SEEN}' and id <> $1)
  insert into "SpecInstance" (id, place, hash, fault, "seenAt") values ($1, $2, $3, $4, now())
  on conflict (id) do update set hash = excluded.hash, fault = excluded.fault, "seenAt" = excluded."seenAt"`;

const INSTANCES = `
  select id, place, hash, fault from "SpecInstance"
   where "seenAt" >= now() - interval '${SEEN}' order by place collate "C", id`;

/** The specs that came into force, and the instances that run them. */
export function postgresSpecLog({ pool }: Pick<Database, 'pool'>): SpecLog {
  const rows = <Row>(text: string, values: readonly unknown[]) => reaching(() => rowsOf<Row>(pool, text, values));
  const loads = (limit: number) => rows<StoredEvent<SpecEvent>>(LOADS, [SPEC_SUBJECT, limit]);
  return {
    loads,
    inForce: async (): Promise<SpecInForce | null> => {
      const [last] = await loads(1);
      if (last === undefined || last.body === null) return null;
      const { seq, actor, occurredAt, body } = last;
      return { seq, hash: body.hash, actor, at: occurredAt };
    },
    beat: async ({ id, place, hash, fault }) => void (await rows(BEAT, [id, place, hash, fault])),
    instances: () => rows<SpecInstance>(INSTANCES, []),
    leave: async (id) => void (await rows('delete from "SpecInstance" where id = $1', [id])),
  };
}
