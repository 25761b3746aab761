import pg from 'pg';
import type { DatabaseFacts, SequenceCensus, StructureCensus, TableCensus } from '../../domain/backup/manifest.ts';
import { structureOf } from './structure.ts';

/** The role would be shown only a part of these tables' rows: a backup by it would lack the rest. */
export class RowsHidden extends Error {
  override readonly name = 'RowsHidden';

  constructor(tables: readonly string[]) {
    super(
      `row security hides rows of ${tables.join(', ')} from this role; give it BYPASSRLS, or take one that owns them`,
    );
  }
}

interface Census {
  readonly tables: TableCensus[];
  readonly sequences: SequenceCensus[];
  readonly structure: StructureCensus[];
}

/** One moment of the database, held open: what is read under its name is read as of it. */
export interface Snapshot {
  /** For `pg_dump --snapshot`. */
  readonly name: string;
  readonly facts: DatabaseFacts;
  /** Counts and adds up all tables, as of the snapshot, on a connection of its own; a release ends it. */
  census(): Promise<Census>;
  release(): Promise<void>;
}

const FACTS = `
  select current_database() as database, current_setting('server_version_num')::int as server,
    case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end::text as lsn,
    to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "snapshotAt",
    pg_database_size(current_database())::float8 as bytes, pg_encoding_to_char(encoding) as encoding,
    datcollate as collation,
    (select coalesce(jsonb_agg(jsonb_build_object('name', extname, 'version', extversion) order by extname), '[]')
       from pg_extension) as extensions,
    (select coalesce(jsonb_agg(distinct rolname::text), '[]') from pg_roles
       where oid in (select refobjid from pg_shdepend s
                      where refclassid = 'pg_authid'::regclass and s.dbid = d.oid)) as roles
  from pg_database d where datname = current_database()`;

const HIDDEN = `
  select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p') and c.relrowsecurity and row_security_active(c.oid) order by 1`;

/** What holds rows of its own and was not brought by an extension. Materialized views are filled anew by a restore. */
const TABLES = `
  select n.nspname as schema, c.relname as name, c.relkind = 'f' as apart
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'f') and c.relpersistence <> 't'
     and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
     and not exists (select from pg_depend x where x.classid = 'pg_class'::regclass and x.objid = c.oid and x.deptype = 'e')
   order by n.nspname, c.relname`;

const SEQUENCES = `
  select schemaname as schema, sequencename as name, last_value::text as value
    from pg_sequences order by schemaname, sequencename`;

/** A row is the same text whoever asks, wherever. */
const SAME_WORDS = `
  set local timezone = 'UTC'; set local datestyle = 'ISO, MDY'; set local intervalstyle = 'postgres';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local xmloption = 'content';
  set local search_path = 'pg_catalog'; set local statement_timeout = 0; set local lock_timeout = '30s'; set local idle_in_transaction_session_timeout = 0`;

/**
 * Takes a snapshot of the database and keeps it until it is released.
 *
 * @throws RowsHidden
 */
export async function takeSnapshot(url: string, applicationName: string): Promise<Snapshot> {
  const holder = await connect(url, applicationName);
  try {
    await holder.query(`begin isolation level repeatable read read only; ${SAME_WORDS}`);
    const { rows: hidden } = await holder.query<{ name: string }>(HIDDEN);
    if (hidden.length > 0) throw new RowsHidden(hidden.map(({ name }) => name));
    const [[facts], systemIdentifier, migration, [exported]] = [
      (await holder.query<Omit<DatabaseFacts, 'systemIdentifier' | 'migration'>>(FACTS)).rows,
      await systemIdentifierOf(holder),
      await migrationOf(holder),
      (await holder.query<{ name: string }>('select pg_export_snapshot() as name')).rows,
    ];
    if (facts === undefined || exported === undefined) throw new Error('the database told nothing of itself');
    let counter: number | null = null;
    return {
      name: exported.name,
      facts: { ...facts, systemIdentifier, migration },
      census: () =>
        census(url, applicationName, exported.name, (pid) => {
          counter = pid;
        }),
      release: async () => {
        // It may wait for a lock, and PostgreSQL does not notice that whoever waits is gone.
        if (counter !== null) await holder.query('select pg_cancel_backend($1)', [counter]).catch(() => undefined);
        await holder.end();
      },
    };
  } catch (error) {
    await holder.end();
    throw error;
  }
}

async function connect(connectionString: string, name: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, application_name: name, connectionTimeoutMillis: 10_000 });
  // A connection lost between two statements is told by the next one.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Hosted databases do not let everybody ask. */
async function systemIdentifierOf(client: pg.Client): Promise<string | null> {
  const { rows: may } = await client.query<{ may: boolean }>(
    `select has_function_privilege('pg_control_system()', 'execute') as may`,
  );
  if (may[0]?.may !== true) return null;
  const { rows } = await client.query<{ id: string }>('select system_identifier::text as id from pg_control_system()');
  return rows[0]?.id ?? null;
}

async function migrationOf(client: pg.Client): Promise<string | null> {
  const { rows: there } = await client.query<{ name: string | null }>(
    `select (select quote_ident(n.nspname) || '.' || quote_ident(c.relname)
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relname = '_prisma_migrations' and c.relkind = 'r' and has_table_privilege(c.oid, 'select') limit 1) as name`,
  );
  const table = there[0]?.name ?? null;
  if (table === null) return null;
  const { rows } = await client.query<{ name: string }>(
    `select migration_name as name from ${table} where finished_at is not null order by migration_name desc limit 1`,
  );
  return rows[0]?.name ?? null;
}

async function census(
  url: string,
  applicationName: string,
  snapshot: string,
  onCounter: (pid: number | null) => void,
): Promise<Census> {
  const client = await connect(url, applicationName);
  try {
    const { rows: own } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    onCounter(own[0]?.pid ?? null);
    await client.query(
      `begin isolation level repeatable read read only; set transaction snapshot '${snapshot}'; ${SAME_WORDS}`,
    );
    const { rows } = await client.query<{ schema: string; name: string; apart: boolean }>(TABLES);
    const tables: TableCensus[] = [];
    for (const table of rows) tables.push(await count(client, table));
    const { rows: sequences } = await client.query<SequenceCensus>(SEQUENCES);
    return { tables, sequences, structure: await structureOf(client) };
  } finally {
    onCounter(null);
    await client.end();
  }
}

async function count(
  client: pg.Client,
  { schema, name, apart }: { schema: string; name: string; apart: boolean },
): Promise<TableCensus> {
  if (apart) return { schema, name, rows: 0, checksum: null };
  const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
  const { rows } = await client.query<{ rows: number; checksum: string }>(
    `select count(*)::float8 as rows, coalesce(sum(hashtextextended((t.*)::text, 0)::numeric), 0)::text as checksum
       from only ${table} as t`,
  );
  const [found] = rows;
  if (found === undefined) throw new Error(`${table} could not be counted`);
  return { schema, name, ...found };
}
