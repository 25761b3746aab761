import { escapeIdentifier } from 'pg';
import { cut, oneLine, textTable } from '../../../../domain/text/text-table.ts';
import type { Session } from '../session.ts';
import { notAvailable, type Section, section } from './section.ts';

const TITLE = 'Slow queries';

const INSTALLED = `
  select n.nspname as schema,
    exists (
      select from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = n.oid and c.relname = 'pg_stat_statements' and a.attname = 'total_exec_time'
    ) as current
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_stat_statements'`;

interface Slow {
  calls: number;
  mean: number;
  total: number;
  query: string;
}

/**
 * What took most time altogether, by pg_stat_statements. Only statements that read or change rows: COPY is mostly a
 * backup's and would stand first, and others may hold a password as it was written.
 */
export async function slowQueries(session: Session, top: number): Promise<Section> {
  const [installed] = await session.rows<{ schema: string; current: boolean }>(INSTALLED);
  if (installed === undefined) return notAvailable(TITLE, 'pg_stat_statements is not installed in this database');
  // Its name until PostgreSQL 13.
  const time = (word: string) => (installed.current ? `${word}_exec_time` : `${word}_time`);
  const slow = await session.rows<Slow>(
    `select calls::float8 as calls, ${time('mean')} as mean, ${time('total')} as total, query
     from ${escapeIdentifier(installed.schema)}.pg_stat_statements
     where dbid = (select oid from pg_database where datname = current_database())
       and query ~* '^[\\s(]*(select|insert|update|delete|merge|with|values|table|<insufficient)'
     order by ${time('total')} desc limit $1`,
    [top],
  );
  const rows = slow.map(({ calls, mean, total, query }) => {
    return [`${Math.round(total)} ms`, `${mean.toFixed(1)} ms`, String(calls), cut(oneLine(query), 90)];
  });
  return section(TITLE, rows.length === 0 ? ['none yet'] : tableOf(rows));
}

/** The query is the last column, and longer than a cell of a table may be. */
function tableOf(rows: readonly string[][]): string[] {
  const figures = textTable(
    ['total', 'mean', 'calls'],
    rows.map((row) => row.slice(0, 3)),
  );
  return figures.map((line, index) => `${line}  ${index === 0 ? 'query' : (rows[index - 1]?.[3] ?? '')}`);
}
