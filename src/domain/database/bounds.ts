import type { SqlQuery } from '../spec/data-action.ts';

/** What a query gave. */
export interface Answer {
  columns: number;
  rows: number;
  /** The first value of the first row as PostgreSQL writes it; null for NULL and where there is no row. */
  first: string | null;
}

export type Bounds = Pick<SqlQuery, 'returns' | 'atLeast' | 'atMost' | 'rows'>;

/** What is wrong with an answer, as the end of a sentence about the query; null where it is as the spec says. */
export function breach(bounds: Bounds, answer: Answer): string | null {
  return rowBreach(bounds.rows, answer.rows) ?? valueBreach(bounds, answer);
}

function rowBreach(wanted: Bounds['rows'], rows: number): string | null {
  if (wanted === undefined) return null;
  if (typeof wanted === 'number') return rows === wanted ? null : `gave ${counted(rows)}, not ${wanted}`;
  const { atLeast, atMost } = wanted;
  if (atLeast !== undefined && rows < atLeast) return `gave ${counted(rows)}, fewer than ${atLeast}`;
  if (atMost !== undefined && rows > atMost) return `gave ${counted(rows)}, more than ${atMost}`;
  return null;
}

function valueBreach({ returns, atLeast, atMost }: Bounds, { columns, rows, first }: Answer): string | null {
  if (returns === undefined && atLeast === undefined && atMost === undefined) return null;
  if (rows !== 1 || columns !== 1) return `gave ${counted(rows)} of ${columns} columns where one value was to be`;
  if (first === null) return 'gave NULL';
  if (returns !== undefined && !same(returns, first)) return `gave ${first}, not ${returns}`;
  if (atLeast === undefined && atMost === undefined) return null;
  const figure = first.trim() === '' ? Number.NaN : Number(first);
  if (Number.isNaN(figure)) return `gave ${first}, which is no number`;
  if (atLeast !== undefined && figure < atLeast) return `gave ${first}, less than ${atLeast}`;
  if (atMost !== undefined && figure > atMost) return `gave ${first}, more than ${atMost}`;
  return null;
}

/** PostgreSQL writes true as "t"; a number may have zeros that the spec leaves out. */
function same(wanted: string | number | boolean, given: string): boolean {
  if (typeof wanted === 'boolean') return given === (wanted ? 't' : 'f');
  return typeof wanted === 'number' ? given.trim() !== '' && Number(given) === wanted : given === wanted;
}

const counted = (rows: number) => (rows === 1 ? '1 row' : `${rows} rows`);
