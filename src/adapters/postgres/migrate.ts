import { randomUUID } from 'node:crypto';
import { Client, DatabaseError } from 'pg';
import { committedMigrations, type MigrationFile, readMigrationFiles } from './migration-files.ts';
import { diagnose, type MigrationRow, MigrationsRefused } from './migration-history.ts';

/** The advisory lock Prisma's own engine takes, so that `prisma migrate deploy` and this never run at once. */
const LOCK = 72707369;
/** How long a start waits for another process that is migrating. */
const LOCK_WAIT = '60s';
const LOCK_NOT_AVAILABLE = '55P03';

/** Prisma's table, exactly as Prisma creates it. */
const HISTORY_TABLE = `
create table if not exists _prisma_migrations (
    id                  varchar(36) primary key not null,
    checksum            varchar(64) not null,
    finished_at         timestamptz,
    migration_name      varchar(255) not null,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz not null default now(),
    applied_steps_count integer not null default 0
)`;

/** What a database has, and what this version of the code would still apply. */
export interface MigrationStatus {
  readonly applied: string[];
  readonly pending: string[];
}

/**
 * Brings the database to the schema of this version: every committed migration that it lacks, in order, each in one
 * transaction with its row in `_prisma_migrations`. A migration that fails leaves nothing behind. Of two processes
 * that start at once one applies, the other waits and finds nothing to do.
 *
 * @returns the names that were applied, in order; empty when there was nothing to do
 * @throws MigrationsRefused when history and code do not fit together, or when PostgreSQL refuses a migration (its
 * own error is the `cause`)
 */
export async function migrate(url: string, folder = committedMigrations): Promise<{ applied: string[] }> {
  const files = await readMigrationFiles(folder);
  return withClient(url, async (client) => {
    await takeLock(client);
    const { pending } = await compare(client, files);
    if (pending.length === 0) return { applied: [] };
    await client.query(HISTORY_TABLE);
    for (const file of pending) await apply(client, file);
    return { applied: pending.map((file) => file.name) };
  });
}

/**
 * Says which migrations the database has and lacks, without changing anything.
 * @throws MigrationsRefused when history and code do not fit together
 */
export async function migrationStatus(url: string, folder = committedMigrations): Promise<MigrationStatus> {
  const files = await readMigrationFiles(folder);
  const { applied, pending } = await withClient(url, (client) => compare(client, files));
  return { applied, pending: pending.map((file) => file.name) };
}

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'mainstay migrate' });
  // A connection lost between two queries is reported here too; the next query fails with the same reason.
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    // Ending the session also gives its advisory lock back.
    await client.end();
  }
}

async function takeLock(client: Client): Promise<void> {
  try {
    await client.query(`set lock_timeout = '${LOCK_WAIT}'`);
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query('reset lock_timeout');
  } catch (cause) {
    if (!(cause instanceof DatabaseError) || cause.code !== LOCK_NOT_AVAILABLE) throw cause;
    throw new MigrationsRefused(
      'busy',
      `Another process has been migrating this database for more than ${LOCK_WAIT}: wait for it to end, then start again.`,
      { cause },
    );
  }
}

async function compare(client: Client, files: MigrationFile[]) {
  const found = await client.query<{ history: boolean; tables: number }>(
    `select to_regclass('_prisma_migrations') is not null as history,
            (select count(*)::int from pg_class c
              where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
                and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')) as tables`,
  );
  const { history, tables } = found.rows[0] ?? { history: false, tables: 0 };
  if (history) {
    const rows = await client.query<MigrationRow>(
      `select migration_name as name, checksum, started_at as "startedAt",
              finished_at is not null as finished, rolled_back_at is not null as "rolledBack"
         from _prisma_migrations order by started_at, migration_name`,
    );
    return diagnose(files, rows.rows);
  }
  if (tables > 0) {
    throw new MigrationsRefused(
      'foreign',
      `This database already holds ${tables} tables that are not Mainstay's: DATABASE_URL should name an empty database.`,
    );
  }
  return diagnose(files, []);
}

/** The row is written in the migration's own transaction: either both are there or neither. */
async function apply(client: Client, file: MigrationFile): Promise<void> {
  try {
    await client.query('begin');
    await client.query(file.sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), file.checksum, file.name],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => {}); // the connection may be what failed
    const line = cause instanceof DatabaseError ? lineOf(file.sql, cause.position) : '';
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationsRefused('sql', `The migration ${file.name} failed${line} and left nothing behind: ${reason}.`, {
      cause,
    });
  }
}

function lineOf(sql: string, position: string | undefined): string {
  if (position === undefined) return '';
  return ` in line ${sql.slice(0, Number(position) - 1).split('\n').length}`;
}
