import type { Pool } from 'pg';
import { statementNames } from './statement-names.ts';

/** One connection, for as long as a transaction lasts. Statements are prepared once in each connection. */
export interface Session {
  rows<Row>(text: string, values: readonly unknown[]): Promise<Row[]>;
  /** As Prisma's transactions do it, for pg-boss. */
  $queryRawUnsafe<T = unknown>(text: string, ...values: unknown[]): Promise<T>;
}

const named = statementNames('mainstay');

/**
 * Runs `work` in a transaction of its own connection. Whatever it throws rolls everything back; a connection that broke
 * is not used again.
 *
 * @param begin what the transaction begins with
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (session: Session) => Promise<T>,
  begin = 'begin',
): Promise<T> {
  const client = await pool.connect();
  const run = async (text: string, values: readonly unknown[]) =>
    (await client.query({ name: named({ sql: text }), text, values: [...values] })).rows;
  // A connection lost between two statements is told here; the next statement fails with the same reason.
  const lost = () => {};
  client.on('error', lost);
  let broken = false;
  try {
    await client.query(begin);
    const result = await work({
      rows: run,
      $queryRawUnsafe: async <T>(text: string, ...values: unknown[]) => (await run(text, values)) as T,
    });
    const { command } = await client.query('commit');
    if (command !== 'COMMIT') throw new Error('A statement of the transaction had failed, so its end rolled it back.');
    return result;
  } catch (error) {
    broken = await client.query('rollback').then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}

/** One statement, in no transaction. */
export async function rowsOf<Row>(pool: Pool, text: string, values: readonly unknown[]): Promise<Row[]> {
  return (await pool.query({ name: named({ sql: text }), text, values: [...values] })).rows;
}
