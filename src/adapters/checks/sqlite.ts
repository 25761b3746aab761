import { stat } from 'node:fs/promises';
import { boundsProblem } from '../../domain/health/bounds.ts';
import type { SqliteQuestion } from '../../domain/spec/check-questions.ts';
import { failing, type Look, ok } from './look.ts';
import { readSqlite } from './sqlite-session.ts';

const QUERIES: Record<SqliteQuestion['integrity'], string> = {
  full: 'PRAGMA integrity_check(1)',
  quick: 'PRAGMA quick_check(1)',
  // Reads the first page, so that it is known to be a database at all.
  none: "SELECT 'ok' FROM (SELECT count(*) FROM sqlite_schema)",
};

/** Whether a SQLite file is whole, and how large it is. */
export const lookAtSqlite: Look<'sqlite'> = async ({ target, size, integrity }, { address, signal }) => {
  const file = address(target);
  const figures = { size: (await stat(file)).size };
  const [rows] = await readSqlite({ file, queries: [QUERIES[integrity]] }, signal);
  if (rows?.[0]?.[0] !== 'ok') return failing('is damaged: it does not pass the integrity check', figures);
  const problem = boundsProblem([{ what: 'size', limit: size, figure: figures.size }]);
  return problem === null ? ok('is whole', figures) : failing(problem, figures);
};
