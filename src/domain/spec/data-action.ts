import type { Milliseconds } from './duration.ts';

// What the actions on databases and files are told by the spec, beside `timeout`. `target` is a key of the spec's `targets`.

/** A query and what its answer must be. Without a bound the answer is only shown. */
export interface SqlQuery {
  action: 'sql.query';
  target: string;
  /** One statement. It runs in a transaction that only reads. */
  query: string;
  /** The one value it must give. */
  returns?: string | number | boolean;
  /** Bounds of the one value it gives, which both still hold. */
  atLeast?: number;
  atMost?: number;
  /** How many rows it must give, or the bounds of that. */
  rows?: number | { atLeast?: number; atMost?: number };
}

/** What `db.maintain` can do, in the order in which a duty names it. */
export const MAINTAIN_STEPS = ['vacuum-analyze', 'reindex', 'analyze', 'bloat-report'] as const;
export type MaintainStep = (typeof MAINTAIN_STEPS)[number];

/** The tables a maintenance or a report is about, and when their dead rows are told. */
interface ChosenTables {
  /** Names of tables, with their schema (`public.orders`) or without; every table of the database where it is left out. */
  tables?: string[];
  /** A table with more dead rows than this is told. */
  deadRowsAbove: number;
}

export interface DbMaintain extends ChosenTables {
  action: 'db.maintain';
  target: string;
  steps: MaintainStep[];
  /** How long one statement waits for a lock before the table is left out. */
  lockTimeout: Milliseconds;
}

interface DbReport extends ChosenTables {
  action: 'db.report';
  target: string;
  /** How many lines at most a list has: of slow queries, of tables. */
  top: number;
}

/** Rows older than this, by a column that holds a time. A row without a time is kept. */
interface OlderThan {
  column: string;
  age: Milliseconds;
}

/** So many rows are kept of those that agree in `per`: the ones whose `by` is greatest. */
interface KeepNewest {
  rows: number;
  per: string[];
  by: string;
}

/** Rows of one table to be deleted: those on which all that is written agrees. At least one of the four is. */
export interface Prune {
  action: 'prune';
  target: string;
  table: string;
  /** A condition in SQL. */
  where?: string;
  /** A query in SQL for the primary keys. */
  keys?: string;
  olderThan?: OlderThan;
  keepNewest?: KeepNewest;
  /** With more rows than this nothing is deleted. */
  cap: number;
  /** Rows deleted in one transaction. */
  batch: number;
  /** Tables whose rows go or change with them, by a foreign key's ON DELETE. All of them must be named. */
  takes: string[];
  lockTimeout: Milliseconds;
}

interface FilesPrune {
  action: 'files.prune';
  target: string;
  /** Below the target's folder. */
  glob: string;
  /** By the time a file was last changed. */
  olderThan: Milliseconds;
  /** With more files than this nothing is deleted. */
  cap: number;
}

export type DataAction = SqlQuery | DbMaintain | DbReport | Prune | FilesPrune;
