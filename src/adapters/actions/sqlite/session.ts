import { type ChildProcess, spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { reveal } from '../../../domain/spec/secret.ts';
import type { ActionOutcome, ConnectedTarget } from '../../../usecases/action-port.ts';
import { DatabaseFault, fault, Stopped } from '../database/session.ts';
import type { SqliteAnswer, SqliteStatement } from './protocol.ts';

type SqliteRows = Extract<SqliteAnswer, { ok: true }>;

/** A SQLite file, open in a process of its own for as long as one action lasts. */
export interface SqliteSession {
  /** One statement; at most so many rows of it are given. @throws DatabaseFault, Stopped */
  ask(sql: string, values?: readonly (string | number)[], most?: number): Promise<SqliteRows>;
}

const PROGRAM = fileURLToPath(new URL('process.ts', import.meta.url));
const ALL = Number.MAX_SAFE_INTEGER;

/**
 * Opens the file, works, and closes it. When the signal is given the process is killed; SQLite undoes what it had not
 * finished. Without `write` nothing can be changed.
 */
export async function inSqlite(
  target: ConnectedTarget,
  signal: AbortSignal,
  { write, lockTimeout }: { write: boolean; lockTimeout: number },
  work: (session: SqliteSession) => Promise<ActionOutcome>,
): Promise<ActionOutcome> {
  const { title } = target;
  const stopped: ActionOutcome = { outcome: 'failed', summary: `${title}: stopped before it was done`, output: '' };
  const file = reveal(target.url);
  // SQLite would make an empty file where there is none.
  const missing = await access(file).then(
    () => null,
    (error: Error) => error.message.replace(/, \w+ '.*$/s, ''),
  );
  if (missing !== null)
    return { outcome: 'could-not-run', summary: `${title} cannot be reached: ${missing}`, output: '' };
  if (signal.aborted) return stopped;
  const words = [file, write ? 'write' : 'read', String(Math.ceil(lockTimeout))];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, ...words], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {},
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  // That it could not be started is told by its end.
  child.on('error', () => undefined);
  const kill = () => child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  try {
    return await work({ ask: asking(child, ended, signal) });
  } catch (error) {
    if (error instanceof Stopped) return stopped;
    const { lies, reason } = fault(error);
    return { outcome: lies === 'outside' ? 'could-not-run' : 'failed', summary: `${title}: ${reason}`, output: '' };
  } finally {
    child.stdin?.end();
    await ended;
    signal.removeEventListener('abort', kill);
  }
}

function asking({ stdin, stdout }: ChildProcess, ended: Promise<void>, signal: AbortSignal): SqliteSession['ask'] {
  if (stdin === null || stdout === null) throw new Error('a process was started without its pipes');
  // What is written to one that has ended is not read; that it has ended is told by `ended`.
  stdin.on('error', () => undefined);
  const answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const gone = ended.then(() => ({ done: true, value: undefined }) as const);
  return async (sql, values = [], most = ALL) => {
    if (signal.aborted) throw new Stopped();
    stdin.write(`${JSON.stringify({ sql, values, most } satisfies SqliteStatement)}\n`);
    const { done, value } = await Promise.race([answers.next(), gone]);
    if (signal.aborted) throw new Stopped();
    if (done || value === undefined) throw new DatabaseFault('outside', 'the process that had the file open ended');
    const answer: SqliteAnswer = JSON.parse(value);
    if (!answer.ok) throw new DatabaseFault(answer.lies, answer.reason);
    return answer;
  };
}
