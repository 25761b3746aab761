import pg from 'pg';
import { reveal } from '../../../domain/spec/secret.ts';
import type { ActionOutcome, ConnectedTarget } from '../../../usecases/action-port.ts';

/** A connection to a target, for as long as one action lasts. */
export interface Session {
  /** Names are looked up in the system's own schema only, so that nothing of the database's users stands in for it. */
  rows<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /**
   * One statement that gives no rows.
   *
   * @returns PostgreSQL's warnings: it warns instead of failing where it leaves a table out
   */
  run(text: string): Promise<string[]>;
  /** Has the connection itself do what neither can; what it does is cancelled too. */
  stoppable<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result>;
  /** The same connection for what must be tidied also after a stop; each statement has five seconds. */
  readonly tidying: Pick<Session, 'rows' | 'run'>;
}

/** The action was stopped: its time was up, or Mainstay stops. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** The extended protocol also without values: it takes one statement, and no second one behind it. */
const ONE_STATEMENT = { queryMode: 'extended' };

/** What a database refused that tells no codes of PostgreSQL. */
export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault';
  readonly lies: 'inside' | 'outside';

  constructor(lies: 'inside' | 'outside', reason: string) {
    super(reason);
    this.lies = lies;
  }
}

const CONNECT_MS = 10_000;
const CANCEL_MS = 3_000;
const TIDY_MS = 5_000;

/**
 * Connects, works, and closes. When the signal is given, the statement that runs is cancelled on the server. What
 * PostgreSQL refuses becomes an outcome: could-not-run for what lies in the server, the rights or the connection,
 * failed for everything else.
 */
export async function inSession(
  target: ConnectedTarget | null,
  signal: AbortSignal,
  work: (session: Session) => Promise<ActionOutcome>,
): Promise<ActionOutcome> {
  if (target === null) throw new Error('an action on a database was given no target');
  const client = new pg.Client({
    connectionString: reveal(target.url),
    application_name: 'mainstay',
    connectionTimeoutMillis: CONNECT_MS,
  });
  // A connection lost between two statements is told by the next one.
  client.on('error', () => undefined);
  const stopped: ActionOutcome = {
    outcome: 'failed',
    summary: `${target.title}: stopped before it was done`,
    output: '',
  };
  if (signal.aborted) return stopped;
  try {
    await client.connect();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { outcome: 'could-not-run', summary: `${target.title} cannot be reached: ${reason}`, output: '' };
  }
  try {
    return await work(await begin(client, target, signal));
  } catch (error) {
    if (signal.aborted) return stopped;
    const { lies, reason } = fault(error);
    return {
      outcome: lies === 'outside' ? 'could-not-run' : 'failed',
      summary: `${target.title}: ${reason}`,
      output: '',
    };
  } finally {
    await client.end();
  }
}

async function begin(client: pg.Client, target: ConnectedTarget, signal: AbortSignal): Promise<Session> {
  const { rows } = await client.query<{ pid: number }>(`
    select pg_backend_pid() as pid, set_config('search_path', 'pg_catalog', false),
      set_config('statement_timeout', '0', false)`);
  const pid = rows[0]?.pid ?? 0;
  let warnings: string[] = [];
  client.on('notice', ({ severity, message }) => {
    if (severity === 'WARNING') warnings.push(message ?? '');
  });

  const stoppable = async <Result>(send: (client: pg.Client) => Promise<Result>): Promise<Result> => {
    if (signal.aborted) throw new Stopped();
    let cancelling = Promise.resolve();
    const stop = () => {
      cancelling = cancelStatement(client, pid, target);
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await send(client);
    } catch (error) {
      throw signal.aborted ? new Stopped('stopped', { cause: error }) : error;
    } finally {
      signal.removeEventListener('abort', stop);
      // A cancellation that comes late would hit what follows.
      await cancelling;
    }
  };
  const tidying = async <Result>(send: (client: pg.Client) => Promise<Result>): Promise<Result> => {
    await client.query(`set statement_timeout = ${TIDY_MS}`);
    return send(client).finally(() => client.query('set statement_timeout = 0'));
  };
  const through = (send: typeof stoppable): Pick<Session, 'rows' | 'run'> => ({
    rows: <Row>(text: string, values: readonly unknown[] = []) =>
      send(async () => (await client.query({ ...ONE_STATEMENT, text, values: [...values] })).rows as Row[]),
    run: async (text) => {
      warnings = [];
      await send(() => client.query(text));
      return warnings;
    },
  });
  return { ...through(stoppable), stoppable, tidying: through(tidying) };
}

/** Asks the server to end what the connection runs; where that cannot be asked, the connection is closed on it. */
async function cancelStatement(client: pg.Client, pid: number, target: ConnectedTarget): Promise<void> {
  const other = new pg.Client({ connectionString: reveal(target.url), connectionTimeoutMillis: CANCEL_MS });
  other.on('error', () => undefined);
  try {
    await other.connect();
  } catch {
    return client.end();
  }
  await other.query('select pg_cancel_backend($1)', [pid]).finally(() => other.end());
}

/** Connections, credentials, room, a server that stops, a database that is not there, rights. */
const OUTSIDE = /^(08|28|53|57P|3D000|42501)/;
const LOST = /Connection (terminated|ended)|not queryable|ECONNRESET|EPIPE/;

/**
 * Whether a fault lies in the statement or outside it, in the server, the rights or the connection, and what
 * PostgreSQL said with its hint.
 *
 * @throws what no database said
 */
export function fault(error: unknown): { lies: 'inside' | 'outside'; reason: string } {
  if (error instanceof pg.DatabaseError) {
    const { message, hint, code = '' } = error;
    const reason = hint === undefined ? message : `${message} (${hint})`;
    return { lies: OUTSIDE.test(code) ? 'outside' : 'inside', reason };
  }
  if (error instanceof DatabaseFault) return { lies: error.lies, reason: error.message };
  if (error instanceof Error && LOST.test(error.message)) return { lies: 'outside', reason: error.message };
  throw error;
}
