import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import type { SqliteAnswer, SqliteStatement } from './protocol.ts';

// A process of its own: node:sqlite is synchronous, and a VACUUM can only be stopped by ending who makes it. Statements
// come as lines of JSON and are answered so. Called with the file, "read" or "write", and milliseconds to wait for a lock.

const [file = '', mode = 'read', timeout = '0'] = process.argv.slice(2);
const options = { readOnly: mode !== 'write', timeout: Number(timeout), enableForeignKeyConstraints: true };

/** Rights, locks, a disk, a file that is none of SQLite's: https://sqlite.org/rescode.html */
const OUTSIDE = new Set([3, 5, 6, 10, 13, 14, 23, 26]);
/** Nothing may be written: the file's doing, or where nothing was to be written, the statement's. */
if (mode === 'write') OUTSIDE.add(8);

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Opened by the first statement, so that a file that cannot be opened is an answer. */
let opened: DatabaseSync | undefined;

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}
opened?.close();

function answer({ sql, values, most }: SqliteStatement): SqliteAnswer {
  try {
    opened ??= new DatabaseSync(file, options);
    const statement = opened.prepare(sql);
    // SQLite prepares the first statement and leaves the rest unread.
    if (bare(sql.slice(statement.sourceSQL.length)) !== '') {
      return { ok: false, lies: 'inside', reason: 'there is more than one statement' };
    }
    statement.setReadBigInts(true);
    const columns = statement.columns().map(({ name }) => name);
    const rows: (string | null)[][] = [];
    let count = 0;
    statement.setReturnArrays(true);
    for (const row of statement.iterate(...values)) {
      count += 1;
      if (rows.length < most) rows.push(Object.values(row).map(written));
    }
    return { ok: true, columns, rows, count };
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) % 256 : 0;
    return { ok: false, lies: OUTSIDE.has(code) ? 'outside' : 'inside', reason: reasonOf(error) };
  }
}

/** What is left of a text without blanks, ends of statements and comments. */
function bare(text: string): string {
  return text.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\/|[\s;]/g, '');
}

function written(value: unknown): string | null {
  if (value === null) return null;
  return value instanceof Uint8Array ? `(${value.length} bytes)` : String(value);
}
