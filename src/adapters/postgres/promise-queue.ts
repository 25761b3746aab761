import type { PromiseQueue, QueuedPromise } from '../../usecases/queue-port.ts';
import type { Database } from './client.ts';
import { reaching } from './faults.ts';
import type { DeliveryQueue } from './once.ts';
import { inTransaction, rowsOf } from './session.ts';

const COUNTS = `
  select count(*) filter (where status = 'pending')::int as pending,
         count(*) filter (where status = 'undeliverable')::int as undeliverable
    from "Delivery" where status in ('pending', 'undeliverable')`;

const UNKEPT = `
  select id::text, intent, status, attempts, "createdAt" as "promisedAt", error
    from "Delivery" where status in ('pending', 'undeliverable')
   order by status desc, case when status = 'undeliverable' then -id else id end limit $1`;

const PUT_BACK = `
  update "Delivery" set status = 'pending', "settledAt" = null where id = $1::bigint and status = 'undeliverable'
  returning id, lane`;

/**
 * What is not kept yet in the table `Delivery`.
 *
 * @param queue is told of what is put back, in that transaction
 */
export function postgresPromiseQueue({ pool }: Pick<Database, 'pool'>, queue: DeliveryQueue): PromiseQueue {
  const rows = <Row>(text: string, values: readonly unknown[]) => reaching(() => rowsOf<Row>(pool, text, values));
  return {
    counts: async () => {
      const [counts] = await rows<Record<QueuedPromise['status'], number>>(COUNTS, []);
      return counts ?? { pending: 0, undeliverable: 0 };
    },
    unkept: (limit) => rows<QueuedPromise>(UNKEPT, [limit]),
    putBack: (id) =>
      reaching(() =>
        inTransaction(pool, async (session) => {
          const back = await session.rows<{ id: string; lane: string }>(PUT_BACK, [id]);
          await queue.enqueue(
            session,
            back.map((row) => ({ ...row, id: BigInt(row.id) })),
          );
          return back.length > 0;
        }),
      ),
  };
}
