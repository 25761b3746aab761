import type pg from 'pg';
import type { DatabaseFacts, SequenceCensus } from '../../domain/backup/manifest.ts';
import { type Counted, type Counter, openCounter } from './census.ts';
import { connect, patiently, SAME_WORDS, type Session } from './session.ts';

/** A question is answered within this, in milliseconds. */
const SILENCE = 300_000;
/** Whether what is under way was ended is told within this, in milliseconds. */
const MOST_TO_CANCEL = 3_000;

/** The role would be shown only a part of these tables' rows: a backup by it would lack the rest. */
export class RowsHidden extends Error {
  override readonly name = 'RowsHidden';

  constructor(tables: readonly string[]) {
    super(
      `row security hides rows of ${tables.join(', ')} from this role; give it BYPASSRLS, or take one that owns them`,
    );
  }
}

interface Census extends Counted {
  readonly sequences: SequenceCensus[];
}

/** One moment of the database, held open: what is read under its name is read as of it. */
export interface Snapshot {
  /** For `pg_dump --snapshot`. */
  readonly name: string;
  readonly facts: DatabaseFacts;
  /** From here on nobody empties, rewrites or drops a table: of that a snapshot would see nothing. Before it is dumped. */
  hold(): Promise<void>;
  /** Counts and adds up all tables, as of the snapshot, on a connection of its own; a release ends it. */
  census(): Promise<Census>;
  /** Ends what is done under its name. A server that is gone is not waited for. */
  release(): Promise<void>;
}

const FACTS = `
  select current_database() as database, current_setting('server_version_num')::int as server,
    case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end::text as lsn,
    to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "snapshotAt",
    pg_database_size(current_database())::float8 as bytes, pg_encoding_to_char(encoding) as encoding,
    datcollate as collation, datctype as ctype, to_jsonb(d) ->> 'datlocprovider' as "localeProvider",
    coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') as "providerLocale",
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

/** Before anything is dumped: a restored sequence is then here or further. */
const SEQUENCES = `
  select schemaname as schema, sequencename as name, last_value::text as value
    from pg_sequences order by schemaname, sequencename`;

/**
 * Takes a snapshot of the database and keeps it until it is released.
 *
 * @param silence an answer is waited for so long, in milliseconds; that to a count as much longer as the table is large
 * @throws RowsHidden
 */
export async function takeSnapshot(url: string, applicationName: string, silence = SILENCE): Promise<Snapshot> {
  const holder = await connect(url, applicationName, silence);
  try {
    const { client } = holder;
    await client.query(`begin isolation level repeatable read read only; ${SAME_WORDS}`);
    const { rows: hidden } = await client.query<{ name: string }>(HIDDEN);
    if (hidden.length > 0) throw new RowsHidden(hidden.map(({ name }) => name));
    const [[facts], systemIdentifier, migration, sequences, [exported]] = [
      (await client.query<Omit<DatabaseFacts, 'systemIdentifier' | 'migration'>>(FACTS)).rows,
      await systemIdentifierOf(client),
      await migrationOf(client),
      (await client.query<SequenceCensus>(SEQUENCES)).rows,
      (await client.query<{ name: string }>('select pg_export_snapshot() as name')).rows,
    ];
    if (facts === undefined || exported === undefined) throw new Error('the database told nothing of itself');
    let counter: Counter | null = null;
    let released = false;
    const hold = async () => {
      const opened = await openCounter(url, applicationName, silence);
      if (released) await opened.leave();
      else counter = opened;
      await opened.hold(exported.name);
      return opened;
    };
    let holding: Promise<Counter> | null = null;
    const held = () => {
      holding ??= hold();
      return holding;
    };
    return {
      name: exported.name,
      facts: { ...facts, systemIdentifier, migration },
      hold: async () => {
        await held();
      },
      census: async () => ({ ...(await (await held()).count()), sequences }),
      release: () => {
        released = true;
        return release(holder, counter);
      },
    };
  } catch (error) {
    await holder.leave();
    throw error;
  }
}

/** What counts may wait for a lock, and PostgreSQL does not notice that whoever waits is gone. */
async function release(holder: Session, counter: Counter | null): Promise<void> {
  if (counter !== null) {
    const cancel = patiently('select pg_cancel_backend($1)', [counter.pid], MOST_TO_CANCEL);
    await holder.client.query(cancel).catch(() => undefined);
  }
  await Promise.all([counter?.leave(), holder.leave()]);
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
