import { sizeWords } from '../../../../domain/text/size-words.ts';
import { textTable } from '../../../../domain/text/text-table.ts';
import type { Session } from '../session.ts';
import { qualified, type Table } from '../tables.ts';
import { type Section, section } from './section.ts';

const DATABASE = 'select pg_database_size(current_database())::float8 as bytes';

const SIZES = `
  select n.nspname as schema, c.relname as name, pg_table_size(c.oid)::float8 as rows,
    pg_indexes_size(c.oid)::float8 as indexes, pg_total_relation_size(c.oid)::float8 as total
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.oid = any($1::oid[]) order by pg_total_relation_size(c.oid) desc limit $2`;

interface Size {
  schema: string;
  name: string;
  rows: number;
  indexes: number;
  total: number;
}

/** How large the database is, and its largest tables: with what is stored beside the rows, and indexes apart. */
export async function sizes(session: Session, leaves: readonly Table[], top: number): Promise<Section> {
  const [database] = await session.rows<{ bytes: number }>(DATABASE);
  const found = await session.rows<Size>(SIZES, [leaves.map(({ oid }) => oid), top]);
  const rows = found.map((size) => [
    qualified(size.schema, size.name).shown,
    sizeWords(size.total),
    sizeWords(size.rows),
    sizeWords(size.indexes),
  ]);
  const whole = sizeWords(database?.bytes ?? 0);
  const table = rows.length === 0 ? ['no tables'] : textTable(['table', 'total', 'rows', 'indexes'], rows);
  return section(`Storage: the database has ${whole} on disk; its largest tables`, table, `${whole} on disk`);
}
