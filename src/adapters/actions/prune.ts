import type { Prune } from '../../domain/spec/data-action.ts';
import { cut, oneLine } from '../../domain/text/text-table.ts';
import type { Action, ActionContext, ActionOutcome } from '../../usecases/action-port.ts';
import { POSTGRES, postgresTable } from './database/prune/postgres.ts';
import { type Condition, conditionOf, type Dialect, type Prunable } from './database/prune/prunable.ts';
import { fault, inSession, Stopped } from './database/session.ts';
import { SQLITE, sqliteTable } from './sqlite/prune.ts';
import { inSqlite } from './sqlite/session.ts';

/** Keys shown of the rows to be deleted. Of what is in the rows, nothing is shown. */
const SAMPLE = 5;

/**
 * Deletes rows the spec says are over their retention or belong to nothing: all of them, in batches, or none where
 * there are more than the cap. Each batch looks again at what it deletes, so a row somebody changes meanwhile is
 * judged by what it is then.
 */
export const prune: Action<'prune'> = (input, target, context) => {
  const title = target?.title ?? '';
  if (target?.kind === 'sqlite') {
    return inSqlite(target, context.signal, { write: true, lockTimeout: input.lockTimeout }, async (session) =>
      pruned(input, title, await sqliteTable(session, input), SQLITE, context),
    );
  }
  return inSession(target, context.signal, async (session) =>
    pruned(input, title, await postgresTable(session, input), POSTGRES, context),
  );
};

/** @param table a text says why there is none */
async function pruned(
  input: Prune,
  title: string,
  table: Prunable | string,
  dialect: Dialect,
  { mode, now }: ActionContext,
): Promise<ActionOutcome> {
  const refuse = (reason: string): ActionOutcome => {
    return { outcome: 'could-not-run', summary: `${title}: ${reason}`, output: '' };
  };
  if (typeof table === 'string') return refuse(table);
  const name = oneLine(table.shown);
  if (table.key.length === 0) return refuse(`${name} has no primary key, by which its rows could be told apart`);
  if (table.unsaid.length > 0) {
    const others = table.unsaid.map(oneLine).join(', ');
    return refuse(`with rows of ${name} go or change those of ${others}; if that is meant, name them in takes`);
  }
  const condition = conditionOf(input, table, now, dialect);
  const { count, keys } = await table.preview(condition, SAMPLE);
  const rows = `${count} rows of ${name}`;
  const output = [`${rows} match; the cap is ${input.cap}`, ...sampled(table, keys, count)].join('\n');
  if (count > input.cap) {
    const summary = `${title}: ${rows} match, more than the cap of ${input.cap}; none is deleted`;
    return { outcome: 'failed', summary, output };
  }
  if (mode === 'preview') return { outcome: 'succeeded', summary: `${title}: would delete ${rows}`, output };
  return deleteAll(table, condition, input, count, { title, output });
}

function sampled({ key }: Prunable, keys: readonly (readonly string[])[], count: number): string[] {
  if (keys.length === 0) return [];
  const more = count > keys.length ? ' ...' : '';
  return [`${key.map(oneLine).join(', ')}: ${keys.map((values) => cut(values.join(', '))).join('; ')}${more}`];
}

async function deleteAll(
  table: Prunable,
  condition: Condition,
  { batch }: Prune,
  count: number,
  { title, output }: { title: string; output: string },
): Promise<ActionOutcome> {
  const name = oneLine(table.shown);
  let deleted = 0;
  const so = (outcome: ActionOutcome['outcome'], words: string): ActionOutcome => {
    return { outcome, summary: `${title}: ${words}`, output: `${output}\n${deleted} deleted` };
  };
  try {
    // Rows that come to match meanwhile wait for the next run: no more are deleted than were counted.
    while (deleted < count) {
      const gone = await table.deleteBatch(condition, Math.min(batch, count - deleted));
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
