import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient } from '../../generated/prisma/client.ts';
import type { Log } from './log.ts';
import { statementNames } from './statement-names.ts';

/** A pool of connections to Mainstay's database, and Prisma on top of it. */
export interface Database {
  readonly prisma: PrismaClient;
  /** For the few hot paths: a statement through Prisma costs four times as much. */
  readonly pool: Pool;
  /** Ends every connection, after the queries that are running. */
  close(): Promise<void>;
}

/** Connections of one process; PostgreSQL's own default limit of 100 leaves room for several processes. */
const POOL_SIZE = 10;
/** A caller in Slack is answered within 2 s or told to wait: a database that is gone must be noticed soon after. */
const CONNECT_TIMEOUT_MS = 5_000;
const IDLE_TIMEOUT_MS = 60_000;
/** Rows are locked for milliseconds. Whoever waits longer would only add to what is stuck. */
const LOCK_TIMEOUT = '10s';

/**
 * Opens the database. Nothing is connected until the first query; connections that are lost are replaced when the
 * next query needs one.
 *
 * @param options.poolSize connections at most, 10 unless told
 * @param options.log hears of connections lost while nobody was waiting for an answer
 */
export function openDatabase(url: string, options: { poolSize?: number; log?: Log } = {}): Database {
  const lost = (err: Error) => options.log?.warn({ err }, 'a connection to the database was lost');
  const pool = new Pool({
    connectionString: url,
    application_name: 'mainstay',
    max: options.poolSize ?? POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    keepAlive: true,
    // Prisma sends and reads instants without their offset: any other zone of the session would shift them.
    options: `-c TimeZone=UTC -c lock_timeout=${LOCK_TIMEOUT}`,
  });
  pool.on('error', lost);
  const adapter = new PrismaPg(pool, { statementNameGenerator: statementNames('prisma'), onConnectionError: lost });
  const prisma = new PrismaClient({ adapter });
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { prisma, pool, close };
}
