import { escapeIdentifier } from 'pg';
import type { Prune } from '../../../../domain/spec/data-action.ts';
import type { Session } from '../session.ts';
import { qualified, type Table, tablesOf } from '../tables.ts';
import type { Condition, Dialect, Prunable } from './prunable.ts';

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

export const POSTGRES: Dialect = {
  earlier: (column, parameter) => `${column} < $${parameter}::timestamptz`,
  time: (at) => at.toISOString(),
  whole: (parameter) => `$${parameter}::int`,
};

/** The table of this name, ready to be pruned; a text says why there is none. */
export async function postgresTable(session: Session, input: Prune): Promise<Prunable | string> {
  const found = await tablesOf(session, [input.table]);
  if (!found.ok) return found.problem;
  const [table] = found.tables;
  if (table === undefined) throw new Error('a table was found and is not there');
  const key = (await session.rows<{ name: string }>(KEY, [table.oid])).map(({ name }) => name);
  const unsaid = await takenUnsaid(session, table, input.takes);
  await prepare(session, input);
  return {
    shown: table.shown,
    quoted: table.quoted,
    key,
    unsaid,
    preview: (condition, most) => preview(session, table, key, condition, most),
    deleteBatch: (condition, most) => deleteBatch(session, table, key, condition, most),
  };
}

async function takenUnsaid(session: Session, table: Table, said: readonly string[]): Promise<string[]> {
  const taken = await session.rows<{ schema: string; name: string }>(TAKEN, [table.oid]);
  return taken
    .filter(({ schema, name }) => !said.includes(name) && !said.includes(qualified(schema, name).shown))
    .map(({ schema, name }) => qualified(schema, name).shown);
}

/** The spec's own SQL finds tables as the database's people do; a policy that hides rows is an error, not a smaller count. */
async function prepare(session: Session, { lockTimeout }: Prune): Promise<void> {
  await session.run('reset search_path');
  await session.rows(
    `select set_config('lock_timeout', $1, false), set_config('row_security', 'off', false), set_config('TimeZone', 'UTC', false)`,
    [String(Math.ceil(lockTimeout))],
  );
}

async function preview(
  session: Session,
  { quoted }: Table,
  key: readonly string[],
  { sql, values }: Condition,
  most: number,
): Promise<{ count: number; keys: string[][] }> {
  const columns = key.map((column) => `pruned.${escapeIdentifier(column)}`);
  await session.run('begin transaction isolation level repeatable read read only');
  const [counted] = await session.rows<{ count: string }>(
    `select count(*) as count from ${quoted} pruned where ${sql}`,
    values,
  );
  const found = await session.rows<{ key: string[] }>(
    `select array[${columns.map((column) => `${column}::text`).join(', ')}] as key from ${quoted} pruned where ${sql}
     order by ${columns.join(', ')} limit ${most}`,
    values,
  );
  await session.run('rollback');
  return { count: Number(counted?.count ?? 0), keys: found.map(({ key: values }) => values) };
}

/**
 * One statement, and so one transaction. The rows are locked before they are deleted: one that was changed while we
 * waited for it is looked at again, and kept where it no longer matches.
 */
async function deleteBatch(
  session: Session,
  { quoted }: Table,
  key: readonly string[],
  { sql, values }: Condition,
  most: number,
): Promise<number> {
  const keys = key.map(escapeIdentifier);
  const [row] = await session.rows<{ gone: string }>(
    `with doomed as materialized (
       select ${keys.map((column) => `pruned.${column}`).join(', ')} from ${quoted} pruned
       where ${sql}
       limit $${values.length + 1}::int for update of pruned
     ), gone as (
       delete from ${quoted} target using doomed
       where ${keys.map((column) => `target.${column} = doomed.${column}`).join(' and ')} returning 1
     )
     select count(*) as gone from gone`,
    [...values, most],
  );
  return Number(row?.gone ?? 0);
}
