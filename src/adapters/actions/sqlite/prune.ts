import { escapeIdentifier } from 'pg';
import type { Prune } from '../../../domain/spec/data-action.ts';
import type { Dialect, Prunable } from '../database/prune/prunable.ts';
import type { SqliteSession } from './session.ts';

/** Times as texts (`2026-03-02 08:00:00`), as seconds since 1970 or as Julian days: SQLite tells them apart. */
export const SQLITE: Dialect = {
  earlier: (column, parameter) => `unixepoch(${column}, 'auto') < ?${parameter}`,
  time: (at) => Math.floor(at.getTime() / 1000),
  whole: (parameter) => `?${parameter}`,
};

const TAKEN = `
  select distinct t.name, k.on_delete from pragma_table_list t, pragma_foreign_key_list(t.name) k
  where t.schema = 'main' and k."table" = ?1 collate nocase and k.on_delete in ('CASCADE', 'SET NULL', 'SET DEFAULT')`;

/** The table of this name, ready to be pruned; a text says why there is none. */
export async function sqliteTable({ ask }: SqliteSession, input: Prune): Promise<Prunable | string> {
  const found = await ask(`select name from pragma_table_list where schema = 'main' and type = 'table' and name = ?1`, [
    input.table,
  ]);
  if (found.count === 0) return `there is no table ${input.table}`;
  const columns = await ask('select name from pragma_table_info(?1) where pk > 0 order by pk', [input.table]);
  const key = columns.rows.map(([name]) => name ?? '');
  const quoted = escapeIdentifier(input.table);
  const keys = key.map((column) => `pruned.${escapeIdentifier(column)}`).join(', ');
  return {
    shown: input.table,
    quoted,
    key,
    unsaid: (await taken(ask, input.table)).filter((name) => !input.takes.includes(name)),
    preview: async ({ sql, values }, most) => {
      const counted = await ask(`select count(*) from ${quoted} pruned where ${sql}`, values);
      const first = `select ${keys} from ${quoted} pruned where ${sql} order by ${keys} limit ${most}`;
      const { rows } = await ask(first, values);
      return { count: Number(counted.rows[0]?.[0]), keys: rows.map((row) => row.map((value) => value ?? '(null)')) };
    },
    deleteBatch: async ({ sql, values }, most) => {
      await ask(
        `delete from ${quoted} where (${key.map(escapeIdentifier).join(', ')}) in (
           select ${keys} from ${quoted} pruned where ${sql} limit ?${values.length + 1}
         )`,
        [...values, most],
      );
      const gone = await ask('select changes()');
      return Number(gone.rows[0]?.[0]);
    },
  };
}

/** Tables a DELETE reaches beside its own: by CASCADE again and again, by SET NULL and SET DEFAULT once. */
async function taken(ask: SqliteSession['ask'], table: string): Promise<string[]> {
  const reached = new Set<string>();
  const open = [table];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const [name, on] of (await ask(TAKEN, [from])).rows) {
      if (name === null || name === undefined || name === table || reached.has(name)) continue;
      reached.add(name);
      if (on === 'CASCADE') open.push(name);
    }
  }
  return [...reached].toSorted();
}
