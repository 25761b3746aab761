import { access } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { CouldNotTell, Failing } from './look.ts';
import type { SqliteFindings, SqliteQuestion } from './sqlite-worker.ts';

/**
 * Rows of each query on a SQLite file that is opened for reading only.
 * @throws CouldNotTell or Failing; what node:fs throws where the file cannot be had
 */
export async function readSqlite(question: SqliteQuestion, signal: AbortSignal): Promise<unknown[][][]> {
  await access(question.file);
  const found = await inWorker(question, signal);
  if (found.ok) return found.rows;
  throw told(found);
}

function inWorker(question: SqliteQuestion, signal: AbortSignal): Promise<SqliteFindings> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('sqlite-worker.ts', import.meta.url), { workerData: question });
    const stop = () => {
      void worker.terminate();
      reject(signal.reason);
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', () => {
      signal.removeEventListener('abort', stop);
      reject(new Error('the worker ended without an answer'));
    });
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
