/** One statement for the process that has the file open. */
export interface SqliteStatement {
  readonly sql: string;
  readonly values: readonly (string | number)[];
  /** So many rows are given at most; the others are counted. */
  readonly most: number;
}

/** What came of it: rows as lists of texts, or what SQLite said. `outside`: the file, its lock or the disk. */
export type SqliteAnswer =
  | {
      readonly ok: true;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly (string | null)[])[];
      readonly count: number;
    }
  | { readonly ok: false; readonly reason: string; readonly lies: 'inside' | 'outside' };
