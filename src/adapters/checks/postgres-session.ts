import { Socket } from 'node:net';
import pg from 'pg';
import { codeOf } from './fault-words.ts';
import { CouldNotTell, Failing } from './look.ts';

/** Reads rows; every row is a list of its columns. */
export type ReadRows = (query: string) => Promise<unknown[][]>;

/**
 * A fresh connection for a few reads. All of it is one read-only transaction, and a query is one SELECT, VALUES or
 * TABLE: what a spec asks cannot write. The server gives up a query by itself soon after nobody waits for it any more.
 * @throws CouldNotTell, Failing, or what the connection throws
 */
export async function withPostgres<T>(
  address: string,
  { signal, timeout }: { readonly signal: AbortSignal; readonly timeout: number },
  read: (rows: ReadRows) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: address,
    application_name: 'mainstay-check',
    stream: () => new Socket({ signal }),
  });
  // A connection that is lost is told by the query that waits for it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(
      `BEGIN READ ONLY; SET LOCAL statement_timeout = ${Math.max(1, Math.ceil(timeout))}; SET LOCAL cursor_tuple_fraction = 1`,
    );
    let asked = 0;
    return await read(async (query) => {
      asked += 1;
      // PostgreSQL declares a cursor for what reads only, also for a superuser: no COPY to a program, no DO.
      const declare = `DECLARE asked_${asked} NO SCROLL CURSOR FOR\n${query}`;
      const single: pg.QueryConfig & { queryMode: 'extended' } = { text: declare, queryMode: 'extended' };
      await client.query(single);
      return (await client.query({ text: `FETCH ALL FROM asked_${asked}`, rowMode: 'array' })).rows;
    });
  } catch (error) {
    throw told(error);
  } finally {
    // Not waited for: a server that has stopped to answer would not say goodbye either.
    void client.end().catch(() => undefined);
  }
}

/** SQLSTATEs, or classes of them, that say that the question is wrong, or that nobody lets us ask it. */
const OURS: Readonly<Record<string, string>> = {
  '42601': 'the query is wrong, or is no SELECT',
  '0A': 'the query writes; only reads are allowed',
  '28': 'the database does not take the user or password',
  '42': 'the query is wrong, or Mainstay may not run it',
  '25': 'the query writes; only reads are allowed',
  '22': 'the query is wrong',
};
const THEIRS: Readonly<Record<string, string>> = {
  '3D000': 'has no such database',
  '53300': 'has no connection left',
  '57P01': 'is shutting down',
  '57P03': 'is starting or stopping, and takes nobody yet',
  '57014': 'did not finish the query in time',
};

function told(error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof pg.DatabaseError) {
    const own = OURS[code] ?? OURS[code.slice(0, 2)];
    return own === undefined
      ? new Failing(THEIRS[code] ?? `answered with error ${code}`)
      : new CouldNotTell(`${own} (${code})`);
  }
  // The driver has no code for these two.
  if (error instanceof Error && /^Connection terminated/.test(error.message))
    return new Failing('closed the connection');
  if (error instanceof Error && /password must be a string/.test(error.message)) {
    return new CouldNotTell('the address of the target has no password, and the database wants one');
  }
  return error;
}
