import { fork } from 'node:child_process';
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CouldNotTell, Failing } from './look.ts';
import type { SqliteFindings, SqliteQuestion } from './sqlite-worker.ts';

/**
 * Rows of each query on a SQLite file that is opened for reading only.
 * @throws CouldNotTell or Failing; what node:fs throws where the file cannot be had
 */
export async function readSqlite(question: SqliteQuestion, signal: AbortSignal): Promise<unknown[][][]> {
  await access(question.file);
  const found = await inChild(question, signal);
  if (found.ok) return found.rows;
  throw told(found);
}

const WORKER = fileURLToPath(new URL('sqlite-worker.ts', import.meta.url));

/**
 * A process of its own: a statement that runs on can be ended there. In a thread it cannot: SQLite hears of no end, the thread
 * spins for ever, and whatever waits for all threads (`process.report`, the end of the process) waits with it.
 */
function inChild(question: SqliteQuestion, signal: AbortSignal): Promise<SqliteFindings> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = fork(WORKER, {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const stop = () => {
      child.kill('SIGKILL');
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop);
    child.on('message', (found) => resolve(found as SqliteFindings));
    child.on('error', reject);
    child.on('close', () => {
      signal.removeEventListener('abort', stop);
      reject(new Error('the process that reads SQLite ended without an answer'));
    });
    child.send({ ...question });
  });
}

/** Primary result codes of SQLite: https://sqlite.org/rescode.html */
const THEIRS: Readonly<Record<number, string>> = {
  5: 'is locked by somebody',
  6: 'is locked by somebody',
  10: 'cannot be read: the disk has a fault',
  11: 'is damaged',
  26: 'is not a SQLite database',
};

function told({ code, open }: { code: number; open: boolean }): Error {
  const primary = code % 256;
  const theirs = THEIRS[primary];
  if (theirs !== undefined) return new Failing(theirs);
  if (primary === 8) return new CouldNotTell('the query writes; only reads are allowed');
  if (open && primary === 1) return new CouldNotTell('the query is wrong');
  return open ? new Failing(`answered with error ${code}`) : new CouldNotTell(`it cannot be opened (${code})`);
}
