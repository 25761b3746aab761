import { z } from 'zod';
import { MAINTAIN_STEPS } from '../domain/spec/data-action.ts';
import { duration, text } from './values.ts';

// The keys of the actions on databases and files; which target each works on stands with the others in actions.ts.

const cap = z
  .int('is not a whole number; write how many at most')
  .min(1, 'is less than 1; write how many at most')
  .max(1_000_000, 'is more than 1000000; write how many at most')
  .describe('So many at most are deleted in one run; with more, nothing is deleted and the run has failed.');

const whole = z.int('is not a whole number; write how many');

const count = whole.min(0, 'is below 0; write how many');

/** COPY is no query to PostgreSQL, and can write files and run programs where the server is, also in a transaction that reads. */
const COPY = /^(\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*copy\b/i;

const bounds = z
  .strictObject({
    atLeast: count.exactOptional().describe('The fewest there may be.'),
    atMost: count.exactOptional().describe('The most there may be.'),
  })
  .refine(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined, {
    error: 'says nothing; write atLeast, atMost or both',
  });

export const sqlQuery = {
  query: text
    .refine((found) => !COPY.test(found), {
      error: 'begins with COPY, which can write files and run programs; write a SELECT',
    })
    .describe('One statement that only reads: of PostgreSQL a SELECT, VALUES or TABLE.'),
  returns: z.union([z.string(), z.number(), z.boolean()]).exactOptional().describe('The one value it must give.'),
  atLeast: z.number().exactOptional().describe('The least its one value may be.'),
  atMost: z.number().exactOptional().describe('The most its one value may be.'),
  rows: z
    .union([count, bounds])
    .exactOptional()
    .describe('How many rows it must give, such as 0, or `{ atLeast: 1, atMost: 20 }`.'),
};

/** How long a statement waits for a lock somebody else holds. */
const lockTimeout = duration
  .prefault('30s')
  .refine((found) => found > 0, { error: 'is 0, which is to wait for ever; write a duration such as 30s' })
  .describe('How long it waits for a lock that somebody else holds; 30s unless told.');

const tables = {
  tables: z
    .array(text)
    .min(1, 'is an empty list; name at least one table, or leave it out')
    .exactOptional()
    .describe('Tables, as they are called (`orders`, `public.orders`); all of them unless told.'),
  deadRowsAbove: count.default(0).describe('A table with more dead rows than this is told.'),
};

export const dbMaintain = {
  steps: z
    .array(z.enum(MAINTAIN_STEPS))
    .min(1, 'is an empty list; name at least one step')
    .describe('What is done, in this order.'),
  ...tables,
  lockTimeout,
};

export const dbReport = {
  ...tables,
  top: whole.min(1, 'is less than 1; write how many').default(10).describe('How long its lists are; 10 unless told.'),
};

const column = text.describe('A column, as it is called.');

export const prune = {
  table: text.describe('The table rows are deleted from, as it is called: `submissions`, `public.submissions`.'),
  where: text.exactOptional().describe('A condition in SQL that they meet: `expires_at < now()`.'),
  keys: text
    .exactOptional()
    .describe('A query in SQL for their primary keys: `SELECT o.id FROM items o LEFT JOIN ... WHERE p.id IS NULL`.'),
  olderThan: z
    .strictObject({
      column: column.describe('The column that holds a time.'),
      age: duration.describe('More time than this ago.'),
    })
    .exactOptional()
    .describe('How old they are: `{ column: created_at, age: 90d }`. A row without a time is kept.'),
  keepNewest: z
    .strictObject({
      rows: whole.min(1, 'is less than 1; write how many are kept').describe('How many are kept.'),
      per: z.array(column).default([]).describe('Columns: of the rows that agree in them so many are kept.'),
      by: column.describe('The column whose greatest values are the newest.'),
    })
    .exactOptional()
    .describe('That so many newer ones are there: `{ rows: 100, per: [user_id], by: created_at }`.'),
  cap,
  batch: whole
    .min(1, 'is less than 1; write how many')
    .max(10_000, 'is more than 10000, which keeps rows locked for long; write how many')
    .default(1000)
    .describe('How many are deleted in one transaction; 1000 unless told.'),
  takes: z
    .array(text)
    .default([])
    .describe(
      'Tables whose rows go or change with them, by ON DELETE of a foreign key. Without their names nothing is deleted.',
    ),
  lockTimeout,
};

export const filesPrune = {
  glob: text
    .refine((found) => !found.startsWith('/') && !/(^|[/\\])\.\.([/\\]|$)/.test(found), {
      error: ({ input }) => `is "${input}"; write a pattern below the target's folder, without ".."`,
    })
    .describe(
      "Which files, below the target's folder: `*.tmp`, `**/*`. Names that begin with a dot are meant by a pattern that writes the dot.",
    ),
  olderThan: duration.describe('Changed longer ago than this, such as 24h.'),
  cap,
};
