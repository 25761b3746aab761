import pg from 'pg';
import { type Bounds, breach } from '../../domain/database/bounds.ts';
import { cut, textTable } from '../../domain/text/text-table.ts';
import type { Action, ActionOutcome, ConnectedTarget } from '../../usecases/action-port.ts';
import { fault, inSession, type Session } from './database/session.ts';
import { inSqlite } from './sqlite/session.ts';

const SHOWN_ROWS = 20;
const SHOWN_COLUMNS = 8;

/** How long a SQLite file is waited for while somebody writes to it. */
const LOCKED_MS = 5_000;
/** Of SQLite's statements those that make files or open others, also where nothing may be written. */
const REACHES_OUT = /^(\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(attach|detach|vacuum)\b/i;

/**
 * Asks one question where nothing can be written, and holds the answer against the spec's bounds. What is no SELECT,
 * VALUES or TABLE, what writes, and several statements in one are refused by the database itself, whose reason is told.
 */
export const sqlQuery: Action<'sql.query'> = (input, target, { signal, mode }) => {
  if (mode === 'preview') {
    const summary = `${target?.title} would be asked, where nothing can be written`;
    return Promise.resolve({ outcome: 'succeeded', summary, output: input.query });
  }
  if (target?.kind === 'sqlite') {
    if (REACHES_OUT.test(input.query)) {
      const summary = `${target.title}: ATTACH, DETACH and VACUUM are not queries`;
      return Promise.resolve({ outcome: 'failed', summary, output: '' });
    }
    return inSqlite(target, signal, { write: false, lockTimeout: LOCKED_MS }, async (session) => {
      const began = performance.now();
      const { columns, rows, count } = await session.ask(input.query, [], SHOWN_ROWS);
      return held(input, target, { heading: columns, rows, count, first: rows[0]?.[0] ?? null }, began);
    });
  }
  return inSession(target, signal, async (session) => {
    const refusal = await readOnly(session, input.timeout, target?.role);
    if (refusal !== null) return { outcome: 'could-not-run', summary: `${target?.title}: ${refusal}`, output: '' };
    const began = performance.now();
    // PostgreSQL declares a cursor for what reads only, also for a superuser: no COPY to a program, no DO.
    await session.rows(`declare asked no scroll cursor for\n${input.query}`);
    return held(input, target, await session.stoppable((client) => fetchAll(client, 'asked')), began);
  });
};

/** A transaction that only reads, as the role; why that role cannot be had, or null. */
async function readOnly({ run, rows }: Session, timeout: number, role: string | undefined): Promise<string | null> {
  await run('reset search_path');
  await run('begin transaction read only');
  // The first query also closes the way back to a transaction that writes.
  await rows(`select set_config('statement_timeout', $1, true), set_config('cursor_tuple_fraction', '1', true)`, [
    String(Math.ceil(timeout)),
  ]);
  if (role === undefined) return null;
  return rows(`select set_config('role', $1, true)`, [role]).then(
    () => null,
    (error: unknown) => fault(error).reason,
  );
}

function held(bounds: Bounds, target: ConnectedTarget | null, answer: Answer, began: number): ActionOutcome {
  const took = `${Math.round(performance.now() - began)} ms`;
  const wrong = breach(bounds, { columns: answer.heading.length, rows: answer.count, first: answer.first });
  const summary = wrong === null ? `the query gave ${shown(answer)} in ${took}` : `the query ${cut(wrong, 200)}`;
  const outcome = wrong === null ? 'succeeded' : 'failed';
  return { outcome, summary: `${target?.title}: ${summary}`, output: table(answer) };
}

interface Answer {
  heading: readonly string[];
  rows: readonly (readonly (string | null)[])[];
  /** Of all rows, shown or not. */
  count: number;
  first: string | null;
}

/**
 * Values as PostgreSQL writes them. Rows beyond those shown are counted and dropped as they come, so that no answer is
 * too large to be held.
 */
function fetchAll(client: pg.Client, cursor: string): Promise<Answer> {
  const asWritten = { getTypeParser: () => (value: string) => value };
  const query = new pg.Query({
    ...{ text: `fetch all from ${cursor}`, queryMode: 'extended', rowMode: 'array' },
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
