import { escapeIdentifier } from 'pg';
import type { Prune } from '../../domain/spec/data-action.ts';
import { cut, oneLine } from '../../domain/text/text-table.ts';
import type { Action, ActionOutcome } from '../../usecases/action-port.ts';
import { type Condition, conditionOf, primaryKey, takenUnsaid } from './database/prune/prunable.ts';
import { fault, inSession, type Session, Stopped } from './database/session.ts';
import { type Table, tablesOf } from './database/tables.ts';

/** Keys shown of the rows to be deleted. Of what is in the rows, nothing is shown. */
const SAMPLE = 5;

interface Pruned {
  readonly table: Table;
  readonly key: readonly string[];
  readonly condition: Condition;
}

/**
 * Deletes rows the spec says are over their retention or belong to nothing: all of them, in batches, or none where
 * there are more than the cap. Each batch looks again at what it deletes, so a row somebody changes meanwhile is
 * judged by what it is then.
 */
export const prune: Action<'prune'> = (input, target, { signal, mode, now }) =>
  inSession(target, signal, async (session) => {
    const title = target?.title ?? '';
    const refuse = (reason: string): ActionOutcome => ({
      outcome: 'could-not-run',
      summary: `${title}: ${reason}`,
      output: '',
    });
    const found = await tablesOf(session, [input.table]);
    if (!found.ok) return refuse(found.problem);
    const [table] = found.tables;
    if (table === undefined) throw new Error('a table was found and is not there');
    const name = oneLine(table.shown);
    const key = await primaryKey(session, table);
    if (key.length === 0) return refuse(`${name} has no primary key, by which its rows could be told apart`);
    const unsaid = await takenUnsaid(session, table, input.takes);
    if (unsaid.length > 0) {
      const others = unsaid.map(oneLine).join(', ');
      return refuse(`with rows of ${name} go or change those of ${others}; if that is meant, name them in takes`);
    }
    const pruned: Pruned = { table, key, condition: conditionOf(input, table, key, now) };
    await prepare(session, input);

    const { count, sample } = await preview(session, pruned);
    const rows = `${count} rows of ${name}`;
    const keys =
      sample.length === 0
        ? []
        : [`${key.map(oneLine).join(', ')}: ${sample.join('; ')}${count > sample.length ? ' ...' : ''}`];
    const output = [`${rows} match; the cap is ${input.cap}`, ...keys].join('\n');
    if (count > input.cap) {
      const summary = `${title}: ${rows} match, more than the cap of ${input.cap}; none is deleted`;
      return { outcome: 'failed', summary, output };
    }
    if (mode === 'preview') return { outcome: 'succeeded', summary: `${title}: would delete ${rows}`, output };
    return deleteAll(session, pruned, input, count, { title, output });
  });

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
  { table, key, condition }: Pruned,
): Promise<{ count: number; sample: string[] }> {
  await session.run('begin transaction isolation level repeatable read read only');
  const [counted] = await session.rows<{ count: string }>(
    `select count(*) as count from ${table.quoted} pruned where ${condition.sql}`,
    condition.values,
  );
  const columns = key.map((column) => `pruned.${escapeIdentifier(column)}::text`).join(', ');
  const sample = await session.rows<{ key: string[] }>(
    `select array[${columns}] as key from ${table.quoted} pruned where ${condition.sql}
     order by ${key.map((column) => `pruned.${escapeIdentifier(column)}`).join(', ')} limit ${SAMPLE}`,
    condition.values,
  );
  await session.run('rollback');
  return { count: Number(counted?.count ?? 0), sample: sample.map(({ key: values }) => cut(values.join(', '))) };
}

async function deleteAll(
  session: Session,
  pruned: Pruned,
  { batch }: Prune,
  count: number,
  { title, output }: { title: string; output: string },
): Promise<ActionOutcome> {
  const name = oneLine(pruned.table.shown);
  let deleted = 0;
  const so = (outcome: ActionOutcome['outcome'], words: string): ActionOutcome => {
    const lines = `${output}\n${deleted} deleted`;
    return { outcome, summary: `${title}: ${words}`, output: lines };
  };
  try {
    // Rows that come to match meanwhile wait for the next run: no more are deleted than were counted.
    while (deleted < count) {
      const gone = await deleteBatch(session, pruned, Math.min(batch, count - deleted));
      deleted += gone;
      if (gone === 0) break;
    }
  } catch (error) {
    if (error instanceof Stopped) return so('failed', `stopped after ${deleted} of ${count} rows of ${name}`);
    const { lies, reason } = fault(error);
    const outcome = deleted === 0 && lies === 'outside' ? 'could-not-run' : 'failed';
    return so(outcome, `${deleted} of ${count} rows of ${name} deleted: ${reason}`);
  }
  return so('succeeded', `${deleted} rows of ${name} deleted`);
}

/**
 * One statement, and so one transaction. The rows are locked before they are deleted: one that was changed while we
 * waited for it is looked at again, and kept where it no longer matches.
 */
async function deleteBatch(session: Session, { table, key, condition }: Pruned, most: number): Promise<number> {
  const keys = key.map(escapeIdentifier);
  const [row] = await session.rows<{ gone: string }>(
    `with doomed as materialized (
       select ${keys.map((column) => `pruned.${column}`).join(', ')} from ${table.quoted} pruned
       where ${condition.sql}
       limit $${condition.values.length + 1}::int for update of pruned
     ), gone as (
       delete from ${table.quoted} target using doomed
       where ${keys.map((column) => `target.${column} = doomed.${column}`).join(' and ')} returning 1
     )
     select count(*) as gone from gone`,
    [...condition.values, most],
  );
  return Number(row?.gone ?? 0);
}
