import { failing, type Look, ok } from './look.ts';
import { withPostgres } from './postgres-session.ts';
import { readSqlite } from './sqlite-session.ts';

/** The first value a query gives, where it must be a certain one; else that it is answered. */
export const lookAtSql: Look<'sql'> = async ({ target, query, returns, timeout }, { address, signal }) => {
  const at = address(target);
  const rows = /^postgres(ql)?:/.test(at)
    ? await withPostgres(at, { signal, timeout }, (read) => read(query))
    : (await readSqlite({ file: at, queries: [query] }, signal))[0];
  const first = rows?.[0]?.[0];
  if (returns === undefined || (first !== undefined && String(first) === returns)) return ok('answers');
  return failing(first === undefined ? 'answers without a row' : `answers something else than ${returns}`);
};
