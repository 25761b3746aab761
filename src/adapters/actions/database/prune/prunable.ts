import { escapeIdentifier } from 'pg';
import type { Prune } from '../../../../domain/spec/data-action.ts';
import type { Session } from '../session.ts';
import { qualified, type Table } from '../tables.ts';

const KEY = `
  select a.attname as name
  from pg_index i
  cross join lateral unnest(i.indkey::int2[]) with ordinality k(attnum, place)
  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
  where i.indrelid = $1::oid and i.indisprimary and k.place <= i.indnkeyatts order by k.place`;

/** Tables a DELETE reaches beside its own: by CASCADE again and again, by SET NULL and SET DEFAULT once. */
const TAKEN = `
  with recursive taken as (
    select conrelid, confdeltype from pg_constraint where confrelid = $1::oid and confdeltype in ('c', 'n', 'd')
    union
    select k.conrelid, k.confdeltype from taken t join pg_constraint k on k.confrelid = t.conrelid
    where t.confdeltype = 'c' and k.confdeltype in ('c', 'n', 'd')
  )
  select distinct n.nspname as schema, c.relname as name
  from taken join pg_class c on c.oid = taken.conrelid join pg_namespace n on n.oid = c.relnamespace
  where c.oid <> $1::oid and not c.relispartition order by 1, 2`;

/** The columns of the primary key, in its order; none where the table has no such key. */
export async function primaryKey(session: Session, table: Table): Promise<string[]> {
  return (await session.rows<{ name: string }>(KEY, [table.oid])).map(({ name }) => name);
}

/** Tables whose rows would go or change with those of the table, and that the spec does not name. */
export async function takenUnsaid(session: Session, table: Table, said: readonly string[]): Promise<string[]> {
  const taken = await session.rows<{ schema: string; name: string }>(TAKEN, [table.oid]);
  return taken
    .filter(({ schema, name }) => !said.includes(name) && !said.includes(qualified(schema, name).shown))
    .map(({ schema, name }) => qualified(schema, name).shown);
}

/** A condition on rows of the table, known as `pruned`, and the values of its parameters. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * What the rows must meet, all of it. Names are quoted and times are parameters; `where` and `keys` are SQL of the
 * spec's own, each on lines of its own so that a comment in it ends there.
 *
 * @param key the primary key's columns
 */
export function conditionOf(input: Prune, table: Table, key: readonly string[], now: Date): Condition {
  const keys = key.map(escapeIdentifier);
  const ownKey = `(${keys.map((column) => `pruned.${column}`).join(', ')})`;
  const parts: string[] = [];
  const values: unknown[] = [];
  if (input.where !== undefined) parts.push(`(\n${input.where}\n)`);
  if (input.keys !== undefined) parts.push(`${ownKey} in (\n${input.keys}\n)`);
  if (input.olderThan !== undefined) {
    const { column, age } = input.olderThan;
    values.push(new Date(now.getTime() - age).toISOString());
    parts.push(`pruned.${escapeIdentifier(column)} < $${values.length}::timestamptz`);
  }
  if (input.keepNewest !== undefined) {
    const { rows, per, by } = input.keepNewest;
    values.push(rows);
    const groups = per.length === 0 ? '' : `partition by ${per.map(escapeIdentifier).join(', ')} `;
    const newestFirst = [`${escapeIdentifier(by)} desc nulls last`, ...keys.map((column) => `${column} desc`)].join(
      ', ',
    );
    parts.push(`${ownKey} in (
      select ${keys.join(', ')} from (
        select ${keys.join(', ')}, row_number() over (${groups}order by ${newestFirst}) as place from ${table.quoted}
      ) placed where place > $${values.length}::int
    )`);
  }
  return { sql: parts.join('\nand '), values };
}
