import type { Pool } from 'pg';
import type { DatabaseFacts } from '../../domain/own/facts.ts';
import { reaching } from './faults.ts';
import { rowsOf } from './session.ts';
import { SEEN } from './spec-log.ts';

/** By the database's own clock, which all instances share. A job that is due and not begun is one nobody had time for. */
const FACTS = `
  select extract(epoch from clock_timestamp())::float8 * 1000 as "nowMs",
         (select json_build_object(
            'pending', count(*) filter (where status = 'pending'),
            'undeliverable', count(*) filter (where status = 'undeliverable'),
            'oldestMs', extract(epoch from now() - min("createdAt") filter (where status = 'pending'))::float8 * 1000)
            from "Delivery" where status in ('pending', 'undeliverable')) as deliveries,
         (select coalesce(json_agg(due order by due.queue), '[]') from (
            select name as queue, count(*) as count,
                   (select count(*) from pgboss.job as begun where begun.name = waits.name and state = 'active') as "underWay",
                   extract(epoch from now() - min(start_after))::float8 * 1000 as "oldestMs"
              from pgboss.job as waits where state < 'active' and start_after <= now() and name = any($1::text[])
             group by name) as due) as jobs,
         (select json_build_object('alive', count(*), 'behind', count(fault))
            from "SpecInstance" where "seenAt" >= now() - interval '${SEEN}') as instances`;

type Row = Pick<DatabaseFacts, 'deliveries' | 'jobs' | 'instances'> & { readonly nowMs: number };

/**
 * What Mainstay's own database says of itself and of what waits in it. One query.
 *
 * @param queues whose jobs are counted
 * @throws DatabaseUnavailable
 */
export async function readOwnFacts(pool: Pool, queues: readonly string[]): Promise<DatabaseFacts> {
  const [asked, ticks] = [Date.now(), performance.now()];
  const [row] = await reaching(() => rowsOf<Row>(pool, FACTS, [queues]));
  if (row === undefined) throw new Error('The database answered a question about itself with nothing.');
  const answerMs = performance.now() - ticks;
  const { nowMs, ...facts } = row;
  // It read its clock somewhere between our asking and its answer.
  return { ...facts, answerMs, aheadMs: nowMs - (asked + answerMs / 2) };
}
