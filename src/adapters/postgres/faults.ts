import { DatabaseError } from 'pg';
import { DatabaseUnavailable } from '../../usecases/errors.ts';

/** Serialization failure and deadlock: PostgreSQL asks for the transaction to be run again. */
const TRY_AGAIN = new Set(['40001', '40P01']);
const UNIQUE_VIOLATION = '23505';
/** An event with this sequence exists: the head that was read is no longer the head. */
const SAME_SEQUENCE = new Set(['Event_pkey', 'EventBody_pkey']);

/** Class 08 is connections; these are a server that stops, starts or has no room. */
const SERVER_GONE = new Set(['57P01', '57P02', '57P03', '53300']);
/** Prisma's codes for a server that is out of reach, times out or closes, and for a pool that had no connection. */
const PRISMA_GONE = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024']);
/** Faults that carry no code of their own, or the operating system's: known by what `pg` and Node say. */
const SAID_GONE =
  /Connection terminated|Connection ended|not queryable|timeout exceeded when trying to connect|connect E[A-Z]+|read ECONNRESET|write EPIPE|Unable to start a transaction/;

/** Whether the same transaction may succeed when it is run again: it lost against another one. */
export function isConflict(error: unknown): boolean {
  const fault = sqlFault(error);
  if (fault === null) return false;
  return TRY_AGAIN.has(fault.state) || isStaleHead(fault);
}

/** The error as callers know it: a connection fault becomes `DatabaseUnavailable`, most others stay themselves. */
export function surfaced(error: unknown): unknown {
  if (isConnectionFault(error)) return new DatabaseUnavailable(error);
  const fault = sqlFault(error);
  if (fault === null || !isStaleHead(fault)) return error;
  return new Error(
    'A chain of the log already holds the event that should come next, however often it is read again: its head was ' +
      'altered. Nothing was written; run "mainstay audit verify" to see which.',
    { cause: error },
  );
}

function isStaleHead({ state, constraint }: { state: string; constraint: string | null }): boolean {
  return state === UNIQUE_VIOLATION && constraint !== null && SAME_SEQUENCE.has(constraint);
}

/** Runs a query, with connection faults as `DatabaseUnavailable`. */
export async function reaching<T>(query: () => Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (error) {
    throw surfaced(error);
  }
}

function isConnectionFault(error: unknown): boolean {
  const state = sqlFault(error)?.state;
  if (state !== undefined) return state.startsWith('08') || SERVER_GONE.has(state);
  if (!(error instanceof Error)) return false;
  return ('code' in error && PRISMA_GONE.has(String(error.code))) || SAID_GONE.test(error.message);
}

/** What PostgreSQL itself said: to us, or to Prisma, which wraps it into its P2010. */
function sqlFault(error: unknown): { state: string; constraint: string | null } | null {
  if (error instanceof DatabaseError) return { state: error.code ?? '', constraint: error.constraint ?? null };
  const cause = at(at(at(error, 'meta'), 'driverAdapterError'), 'cause');
  const state = at(cause, 'originalCode');
  return typeof state === 'string' ? { state, constraint: null } : null;
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
