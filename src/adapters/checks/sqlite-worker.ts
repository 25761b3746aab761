import { DatabaseSync } from 'node:sqlite';

/** What a worker is to find out, one statement after the other. */
export interface SqliteQuestion {
  readonly file: string;
  readonly queries: readonly string[];
}

/** Rows of each query, each row a list of its columns; or the code of the fault. */
export type SqliteFindings =
  | { readonly ok: true; readonly rows: unknown[][][] }
  | { readonly ok: false; readonly code: number; readonly open: boolean };

// In a process of its own: node:sqlite is synchronous, and a whole integrity_check would hold up everything else.
process.once('message', (question) => {
  // Only Mainstay has the other end of this.
  process.send?.(find(question as SqliteQuestion), () => process.disconnect());
});

function find({ file, queries }: SqliteQuestion): SqliteFindings {
  let open = false;
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: 1_000 });
    open = true;
    const rows = queries.map((query) =>
      database
        .prepare(query)
        .all()
        .map((row) => Object.values(row)),
    );
    database.close();
    return { ok: true, rows };
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0;
    return { ok: false, code, open };
  }
}
