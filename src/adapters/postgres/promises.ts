import type { Pool } from 'pg';
import { type Delivery, laneOf } from '../../domain/delivery.ts';
import type { PromiseEnd, Promises, ShownMessage, TakenPromise } from '../../usecases/delivery-port.ts';
import type { Database } from './client.ts';
import { reaching } from './faults.ts';
import type { DeliveryQueue } from './once.ts';
import { inTransaction, rowsOf } from './session.ts';

interface TakenRow extends Omit<TakenPromise, 'promisedAt' | 'triedAt'> {
  readonly createdAt: Date;
  readonly earlier: Date | null;
}

const TAKE = `
  update "Delivery" d set attempts = d.attempts + 1, "triedAt" = coalesce(d."triedAt", $2)
    from (select id, "triedAt" as earlier from "Delivery"
           where status = 'pending' and lane = $1 order by id limit 1) as head
   where d.id = head.id
  returning d.id::text, d.lane, d.intent, d.attempts, d."createdAt", head.earlier, d.channel, d.ts`;

const REACHED = `
  with place as (update "Delivery" set channel = $2, ts = coalesce($3, ts) where id = $1::bigint)
  insert into "MessageRef" (key, channel, ts, version)
  select $4, $2, $3, $5::int where $4::text is not null and $3::text is not null
  on conflict (key) do update set channel = excluded.channel, ts = excluded.ts, version = excluded.version`;

const LEAVE = `
  update "Delivery" set error = $2, "triedAt" = case when $3::boolean then null else "triedAt" end
   where id = $1::bigint`;

const END = `
  update "Delivery" set status = $2, error = $3, "settledAt" = $4 where id = $1::bigint and status = 'pending'
  returning 1`;

const PROMISE = `
  insert into "Delivery" (lane, intent, "createdAt")
  select lane, intent, $2::timestamptz from jsonb_to_recordset($1::jsonb) as x(n int, lane text, intent jsonb) order by n
  returning id, lane`;

const GAVE_UP = `
  select 1 from "Delivery" where lane = $1 and error = $2 and status = 'undeliverable' and "settledAt" >= $3 limit 1`;

const SHOWING = `update "MessageRef" set version = $2::int where key = $1 and version < $2::int`;

/**
 * The promises in the table `Delivery`, and where the messages are that are edited in place. Every method throws
 * DatabaseUnavailable when the database cannot be reached.
 *
 * @param queue is told of what is promised at an end, inside that transaction
 */
export function postgresPromises({ pool }: Pick<Database, 'pool'>, queue: DeliveryQueue): Promises {
  const rows = <Row>(text: string, values: readonly unknown[]) => reaching(() => rowsOf<Row>(pool, text, values));
  return {
    take: async (lane, at) => {
      const [row] = await rows<TakenRow>(TAKE, [lane, at]);
      return row === undefined ? null : takenPromise(row);
    },
    reached: async (id, { channel, ts = null }, shown) => {
      await rows(REACHED, [id, channel, ts, shown?.key ?? null, shown?.version ?? null]);
    },
    leave: async (id, reason, untried) => {
      await rows(LEAVE, [id, reason, untried]);
    },
    end: (id, promiseEnd) => reaching(() => end(pool, queue, id, promiseEnd)),
    gaveUpSince: async (lane, error, since) => (await rows(GAVE_UP, [lane, error, since])).length > 0,
    shown: async (key) => {
      const [row] = await rows<ShownMessage>('select channel, ts, version from "MessageRef" where key = $1', [key]);
      return row ?? null;
    },
    showing: async (key, version) => {
      await rows(SHOWING, [key, version]);
    },
  };
}

async function end(pool: Pool, queue: DeliveryQueue, id: string, { status, at, error, next }: PromiseEnd) {
  const values = [id, status, error, at];
  if (next.length === 0) {
    await rowsOf(pool, END, values);
    return;
  }
  await inTransaction(pool, async (session) => {
    const ended = await session.rows(END, values);
    if (ended.length === 0) return;
    const intents = next.map((intent: Delivery, n) => ({ n, lane: laneOf(intent), intent }));
    const promised = await session.rows<{ id: string; lane: string }>(PROMISE, [JSON.stringify(intents), at]);
    await queue.enqueue(
      session,
      promised.map(({ id, lane }) => ({ id: BigInt(id), lane })),
    );
  });
}

function takenPromise({ createdAt, earlier, ...row }: TakenRow): TakenPromise {
  return { ...row, promisedAt: createdAt, triedAt: earlier };
}
