import { escapeIdentifier } from 'pg';
import type { Prune } from '../../../../domain/spec/data-action.ts';

/** A table that rows can be deleted from: of PostgreSQL, or of a SQLite file. */
export interface Prunable {
  /** As people read it. */
  readonly shown: string;
  /** As SQL takes it, whatever characters are in it. */
  readonly quoted: string;
  /** The columns of its primary key, in their order; none where it has no such key. */
  readonly key: readonly string[];
  /** Tables whose rows go or change with its rows, by ON DELETE of a foreign key, and that the spec does not name. */
  readonly unsaid: readonly string[];
  /** How many rows meet the condition, and the keys of the first few. Changes nothing. */
  preview(condition: Condition, most: number): Promise<{ count: number; keys: (readonly string[])[] }>;
  /** Deletes so many rows at most that meet the condition, in one transaction, and says how many. */
  deleteBatch(condition: Condition, most: number): Promise<number>;
}

/** A condition on rows of the table, which is known in it as `pruned`, and the values of its parameters. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** What the two databases write differently. */
export interface Dialect {
  /** The column holds an earlier time than the parameter of this number. */
  earlier(column: string, parameter: number): string;
  time(at: Date): string | number;
  /** The parameter of this number, a whole number. */
  whole(parameter: number): string;
}

/**
 * What the rows must meet, all of it. Names are quoted, and said to be columns of their table; times are parameters;
 * `where` and `keys` are SQL of the spec's own, each on lines of its own so that a comment in it ends there.
 */
export function conditionOf(
  input: Prune,
  { key, quoted }: Pick<Prunable, 'key' | 'quoted'>,
  now: Date,
  dialect: Dialect,
): Condition {
  const of = (alias: string) => (column: string) => `${alias}.${escapeIdentifier(column)}`;
  const list = (alias: string) => key.map(of(alias)).join(', ');
  const parts: string[] = [];
  const values: (string | number)[] = [];
  if (input.where !== undefined) parts.push(`(\n${input.where}\n)`);
  if (input.keys !== undefined) parts.push(`(${list('pruned')}) in (\n${input.keys}\n)`);
  if (input.olderThan !== undefined) {
    const { column, age } = input.olderThan;
    values.push(dialect.time(new Date(now.getTime() - age)));
    parts.push(dialect.earlier(of('pruned')(column), values.length));
  }
  if (input.keepNewest !== undefined) {
    const { rows, per, by } = input.keepNewest;
    values.push(rows);
    const groups = per.length === 0 ? '' : `partition by ${per.map(of('ranked')).join(', ')} `;
    const newestFirst = [`${of('ranked')(by)} desc nulls last`, ...key.map((column) => `${of('ranked')(column)} desc`)];
    parts.push(`(${list('pruned')}) in (
      select ${list('placed')} from (
        select ${list('ranked')}, row_number() over (${groups}order by ${newestFirst.join(', ')}) as mainstay_place
        from ${quoted} ranked
      ) placed where placed.mainstay_place > ${dialect.whole(values.length)}
    )`);
  }
  return { sql: parts.join('\nand '), values };
}
