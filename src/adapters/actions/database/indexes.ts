import { type KnownIndex, replacedBy } from '../../../domain/database/leftover.ts';
import type { Session } from './session.ts';
import { qualified, type Table } from './tables.ts';

/** An index, as the catalog has it. */
export interface Index extends KnownIndex {
  readonly oid: string;
  readonly schema: string;
  /** The table it is of; where that is the TOAST table of another, still that one. */
  readonly table: string;
  readonly shownTable: string;
  readonly shown: string;
  readonly quoted: string;
  readonly bytes: number;
  readonly scans: number;
  readonly unique: boolean;
  /** Made by a constraint, or the replica identity: the table cannot do without it. */
  readonly needed: boolean;
  /** Of an exclusion constraint, which PostgreSQL cannot rebuild concurrently. */
  readonly exclusion: boolean;
  /** Of a TOAST table: the server's own. */
  readonly toast: boolean;
  /** Somebody builds an index of this table right now. */
  readonly building: boolean;
  readonly method: string;
  /** Numbers of its columns, in order; of an index on expressions and of one with further columns, null. */
  readonly columns: readonly string[] | null;
  /** How each column is compared: operator class, collation and order, in the order of the columns. */
  readonly comparisons: readonly string[];
  readonly condition: string;
}

// A signature says all that two indexes of one table can differ in beside their names and what they are stored with.
const LIST = `
  select i.indexrelid::text as oid, n.nspname as schema, c.relname as name, t.oid::text as table,
    tn.nspname as "tableSchema", t.relname as "tableName",
    i.indisvalid as valid, i.indisunique as "unique", i.indisexclusion as exclusion, n.nspname = 'pg_toast' as toast,
    i.indisprimary or i.indisexclusion or i.indisreplident
      or exists (select from pg_constraint k where k.conindid = i.indexrelid) as needed,
    exists (
      select from pg_stat_progress_create_index p where p.datid = d.oid and p.relid = i.indrelid
    ) as building,
    pg_relation_size(i.indexrelid)::float8 as bytes,
    coalesce(pg_stat_get_numscans(i.indexrelid), 0)::float8 as scans,
    a.amname as method,
    case when i.indexprs is null and i.indnatts = i.indnkeyatts then string_to_array(i.indkey::text, ' ') end as columns,
    array(
      select concat_ws(' ', i.indclass[s], i.indcollation[s], i.indoption[s]) from generate_series(0, i.indnkeyatts - 1) s
    ) as comparisons,
    coalesce(pg_get_expr(i.indpred, i.indrelid), '') as condition,
    concat_ws('|', a.amname, i.indisunique, i.indnkeyatts, i.indkey, i.indclass, i.indcollation, i.indoption,
      coalesce(pg_get_expr(i.indexprs, i.indrelid), ''), coalesce(pg_get_expr(i.indpred, i.indrelid), '')) as signature
  from pg_index i
  join pg_class c on c.oid = i.indexrelid and c.relkind = 'i'
  join pg_namespace n on n.oid = c.relnamespace
  join pg_am a on a.oid = c.relam
  join pg_class t on i.indrelid in (t.oid, t.reltoastrelid)
  join pg_namespace tn on tn.oid = t.relnamespace
  join pg_database d on d.datname = current_database()
  where t.oid = any($1::oid[])
  order by tn.nspname, t.relname, n.nspname, c.relname`;

type Row = Omit<Index, 'shown' | 'quoted' | 'shownTable'> & { tableSchema: string; tableName: string };

/** The indexes of tables that hold rows themselves, with those of their TOAST tables. */
export async function indexesOf(session: Pick<Session, 'rows'>, tables: readonly Table[]): Promise<Index[]> {
  const rows = await session.rows<Row>(LIST, [tables.map(({ oid }) => oid)]);
  return rows.map(({ tableSchema, tableName, ...row }) => {
    return { ...row, ...qualified(row.schema, row.name), shownTable: qualified(tableSchema, tableName).shown };
  });
}

/** Of an invalid index the one it was to replace, where a broken off REINDEX CONCURRENTLY left it; else null. */
export function replaces(index: Index, all: readonly Index[]): string | null {
  return replacedBy(
    index,
    all.filter(({ oid, table, toast }) => oid !== index.oid && table === index.table && toast === index.toast),
  );
}
