import { durationWords } from '../../../../domain/text/duration-words.ts';
import { sizeWords } from '../../../../domain/text/size-words.ts';
import { oneLine } from '../../../../domain/text/text-table.ts';
import type { Session } from '../session.ts';
import { leavesOf, type Table } from '../tables.ts';
import { attempt, type Maintenance } from './notes.ts';

const FIGURES = `
  select coalesce(sum(pg_stat_get_dead_tuples(oid)), 0)::float8 as dead,
    coalesce(sum(pg_total_relation_size(oid)), 0)::float8 as bytes
  from unnest($1::oid[]) oid`;

const HOLDS_BACK = `
  select pid, extract(epoch from clock_timestamp() - xact_start)::float8 * 1000 as ms
  from pg_stat_activity
  where backend_xmin is not null and pid <> pg_backend_pid() and xact_start is not null
  order by age(backend_xmin) desc limit 1`;

/**
 * VACUUM (ANALYZE), table by table: one that is locked or not ours does not keep the others from it. It takes no lock
 * that reading or writing waits for. Space it frees is used again by the table, and stays with it.
 */
export async function vacuumAnalyze(maintenance: Maintenance): Promise<void> {
  const { session, tables, notes } = maintenance;
  for (const [index, table] of tables.entries()) {
    const before = await figures(session, table);
    const ms = await attempt(maintenance, table.shown, `vacuum (analyze) ${table.quoted}`);
    if (ms === null) continue;
    const after = await figures(session, table);
    notes.lines.push(
      `  ${index + 1}/${tables.length} ${oneLine(table.shown)}: ${ms} ms; dead rows ${before.dead} -> ${after.dead}; ` +
        `size ${sizeWords(before.bytes)} -> ${sizeWords(after.bytes)}`,
    );
    if (after.dead > 0) notes.lines.push(...(await heldBack(session)));
  }
}

/** ANALYZE alone, table by table. */
export async function analyze(maintenance: Maintenance): Promise<void> {
  const { tables, notes } = maintenance;
  for (const [index, table] of tables.entries()) {
    const ms = await attempt(maintenance, table.shown, `analyze ${table.quoted}`);
    if (ms !== null) notes.lines.push(`  ${index + 1}/${tables.length} ${oneLine(table.shown)}: ${ms} ms`);
  }
}

async function figures(session: Session, table: Table): Promise<{ dead: number; bytes: number }> {
  const oids = (await leavesOf(session, [table])).map(({ oid }) => oid);
  const [row] = await session.rows<{ dead: number; bytes: number }>(FIGURES, [oids]);
  return row ?? { dead: 0, bytes: 0 };
}

/** Why dead rows may be left: VACUUM keeps what an open transaction could still see. */
async function heldBack(session: Session): Promise<string[]> {
  const [oldest] = await session.rows<{ pid: number; ms: number }>(HOLDS_BACK);
  if (oldest === undefined) return [];
  return [`    rows may be held back by a transaction open for ${durationWords(oldest.ms)} (process ${oldest.pid})`];
}
