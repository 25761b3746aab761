import pg from 'pg';
import { breach } from '../../domain/database/bounds.ts';
import { cut, textTable } from '../../domain/text/text-table.ts';
import type { Action } from '../../usecases/action-port.ts';
import { fault, inSession } from './database/session.ts';

const SHOWN_ROWS = 20;
const SHOWN_COLUMNS = 8;

/**
 * Asks one question in a transaction that only reads, and holds the answer against the spec's bounds. A statement that
 * writes, or several in one, is refused by PostgreSQL itself, whose reason is told.
 */
export const sqlQuery: Action<'sql.query'> = (input, target, { signal, mode }) => {
  if (mode === 'preview') {
    const summary = `${target?.title} would be asked, in a transaction that only reads`;
    return Promise.resolve({ outcome: 'succeeded', summary, output: input.query });
  }
  return inSession(target, signal, async ({ run, rows, stoppable }) => {
    await run('reset search_path');
    await run('begin transaction read only');
    // The first query also closes the way back to a transaction that writes.
    await rows(`select set_config('statement_timeout', $1, true)`, [String(Math.ceil(input.timeout))]);
    const role = target?.role;
    if (role !== undefined) {
      const refusal = await rows(`select set_config('role', $1, true)`, [role]).then(() => null, fault);
      if (refusal !== null) {
        return { outcome: 'could-not-run', summary: `${target?.title}: ${refusal.reason}`, output: '' };
      }
    }
    const began = performance.now();
    const answer = await stoppable((client) => ask(client, input.query));
    const took = `${Math.round(performance.now() - began)} ms`;
    const wrong = breach(input, { columns: answer.heading.length, rows: answer.count, first: answer.first });
    const summary = wrong === null ? `the query gave ${shown(answer)} in ${took}` : `the query ${cut(wrong, 200)}`;
    const outcome = wrong === null ? 'succeeded' : 'failed';
    return { outcome, summary: `${target?.title}: ${summary}`, output: table(answer) };
  });
};

interface Answer {
  heading: string[];
  rows: (string | null)[][];
  /** Of all rows, shown or not. */
  count: number;
  first: string | null;
}

/**
 * Values as PostgreSQL writes them. Rows beyond those shown are counted and dropped as they come, so that no answer is
 * too large to be held; the extended protocol takes one statement only.
 */
function ask(client: pg.Client, text: string): Promise<Answer> {
  const asWritten = { getTypeParser: () => (value: string) => value };
  const query = new pg.Query({
    ...{ text, queryMode: 'extended', rowMode: 'array' },
    types: asWritten as pg.CustomTypesConfig,
  });
  const rows: (string | null)[][] = [];
  let count = 0;
  query.on('row', (row: (string | null)[]) => {
    count += 1;
    if (rows.length < SHOWN_ROWS) rows.push(row);
  });
  return new Promise((answered, refused) => {
    query.on('error', refused);
    query.on('end', ({ fields }: pg.QueryResult) => {
      answered({ heading: fields.map(({ name }) => name), rows, count, first: rows[0]?.[0] ?? null });
    });
    client.query(query);
  });
}

const shown = ({ count, heading, first }: Answer) => {
  if (count === 1 && heading.length === 1) return cut(first ?? 'NULL');
  return count === 1 ? '1 row' : `${count} rows`;
};

function table({ heading, rows, count }: Answer): string {
  const narrow = rows.map((row) => row.slice(0, SHOWN_COLUMNS));
  const more = [
    count > rows.length ? `and ${count - rows.length} more rows` : '',
    heading.length > SHOWN_COLUMNS ? `and ${heading.length - SHOWN_COLUMNS} more columns` : '',
  ];
  return [...textTable(heading.slice(0, SHOWN_COLUMNS), narrow), ...more.filter((line) => line !== '')].join('\n');
}
