import { escapeIdentifier } from 'pg';
import type { Session } from './session.ts';

/** A table, or what is kept as one: a partitioned table, a materialized view. */
export interface Table {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  /** As people read and write it: schema.table. */
  readonly shown: string;
  /** As SQL takes it, whatever characters are in it. */
  readonly quoted: string;
  /** Divided into partitions, which hold its rows. */
  readonly partitioned: boolean;
}

export type Tables = { ok: true; tables: Table[] } | { ok: false; problem: string };

const LIST = `
  select c.oid::text, n.nspname as schema, c.relname as name, c.relkind = 'p' as partitioned,
    c.relispartition as part
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'm') and c.relpersistence <> 't'
    and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
  order by pg_total_relation_size(c.oid) desc, n.nspname, c.relname`;

const PARTITIONS = `
  select t.relid::oid::text as oid, n.nspname as schema, c.relname as name, false as partitioned
  from pg_partition_tree($1::oid) t join pg_class c on c.oid = t.relid join pg_namespace n on n.oid = c.relnamespace
  where t.isleaf order by n.nspname, c.relname`;

interface Row {
  oid: string;
  schema: string;
  name: string;
  partitioned: boolean;
}

/**
 * The tables of a database, largest first; partitions go with the table they are part of. Chosen ones are compared
 * with names as they stand in the catalog, never read as SQL.
 */
export async function tablesOf(session: Session, chosen: readonly string[] | undefined): Promise<Tables> {
  const rows = await session.rows<Row & { part: boolean }>(LIST);
  if (chosen === undefined) return { ok: true, tables: rows.filter(({ part }) => !part).map(named) };
  const all = rows.map(named);
  const tables: Table[] = [];
  for (const wanted of chosen) {
    const found = all.filter(({ name, shown }) => shown === wanted || name === wanted);
    const [table, second] = found;
    if (table === undefined) return { ok: false, problem: `there is no table ${wanted}` };
    if (second !== undefined) {
      return { ok: false, problem: `${wanted} is the name of several: ${found.map(({ shown }) => shown).join(', ')}` };
    }
    tables.push(table);
  }
  return { ok: true, tables };
}

/** The tables that hold the rows: the partitions of a partitioned one, and every other itself. */
export async function leavesOf(session: Session, tables: readonly Table[]): Promise<Table[]> {
  const leaves: Table[] = [];
  for (const table of tables) {
    if (table.partitioned) leaves.push(...(await session.rows<Row>(PARTITIONS, [table.oid])).map(named));
    else leaves.push(table);
  }
  return leaves;
}

/** A name in a schema, as people read it and as SQL takes it. */
export function qualified(schema: string, name: string): { shown: string; quoted: string } {
  return { shown: `${schema}.${name}`, quoted: `${escapeIdentifier(schema)}.${escapeIdentifier(name)}` };
}

const named = ({ oid, schema, name, partitioned }: Row): Table => {
  return { oid, schema, name, partitioned, ...qualified(schema, name) };
};
