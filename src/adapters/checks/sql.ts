import { boundsProblem } from '../../domain/health/bounds.ts';
import type { Limit } from '../../domain/spec/limit.ts';
import { CouldNotTell, failing, type Look, ok } from './look.ts';
import { withPostgres } from './postgres-session.ts';
import { readSqlite } from './sqlite-session.ts';

/** The first value a query gives, where it must be a certain one or keep a bound; else that it is answered. */
export const lookAtSql: Look<'sql'> = async ({ target, query, returns, breach, timeout }, { address, signal }) => {
  const at = address(target);
  const rows = /^postgres(ql)?:/.test(at)
    ? await withPostgres(at, { signal, timeout }, (read) => read(query))
    : (await readSqlite({ file: at, queries: [query] }, signal))[0];
  const first = rows?.[0]?.[0];
  if (returns !== undefined && (first === undefined || String(first) !== returns)) {
    return failing(first === undefined ? 'answers without a row' : `answers something else than ${returns}`);
  }
  return breach === undefined ? ok('answers') : heldAgainst(breach, first);
};

function heldAgainst(limit: Limit, value: unknown) {
  const figure = figureOf(value);
  const problem = boundsProblem([{ what: 'the query gives', limit, figure }]);
  return problem === null ? ok('answers, within its bound', { value: figure }) : failing(problem, { value: figure });
}

/** The first value of a query as a figure; drivers give large numbers as text. @throws CouldNotTell */
export function figureOf(value: unknown): number {
  const figure = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof figure === 'bigint') return Number(figure);
  if (typeof figure === 'number' && !Number.isNaN(figure)) return figure;
  throw new CouldNotTell(
    value === undefined ? 'the query gives no row' : 'the query gives something that is no figure',
  );
}
