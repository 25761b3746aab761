import pg from 'pg';
import type { StructureCensus, TableCensus } from '../../domain/backup/manifest.ts';
import { connect, patiently, SAME_WORDS } from './session.ts';
import { structureOf } from './structure.ts';

/**
 * What holds rows of its own and was not brought by an extension. Materialized views are filled anew by a restore; of unlogged
 * tables a standby has no rows. Large objects, and what is in the tables of extensions, are dumped and not counted.
 */
const TABLES = `
  select n.nspname as schema, c.relname as name,
         c.relkind = 'f' or (c.relpersistence = 'u' and pg_is_in_recovery()) as apart
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'f') and c.relpersistence <> 't'
     and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
     and not exists (select from pg_depend x where x.classid = 'pg_class'::regclass and x.objid = c.oid and x.deptype = 'e')
   order by n.nspname, c.relname`;

/** The slowest disk that is waited for, in bytes a millisecond: 10 MiB a second. */
const SLOWEST = 10_486;

/** What a database holds. */
export interface Counted {
  readonly tables: TableCensus[];
  readonly structure: StructureCensus[];
}

/** Counts tables as a snapshot of another connection sees them. */
export interface Counter {
  /** Of its backend. */
  readonly pid: number;
  /** Locks all tables against whoever would empty, rewrite or drop one: a snapshot shows those as they are now. */
  hold(snapshot: string): Promise<void>;
  /** After `hold`. */
  count(): Promise<Counted>;
  leave(): Promise<void>;
}

/** @param silence as of `connect`; a count may take as much longer as its table is large */
export async function openCounter(url: string, applicationName: string, silence: number): Promise<Counter> {
  const { client, leave } = await connect(url, applicationName, silence);
  const { rows: own } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  let tables: Table[] = [];
  return {
    pid: own[0]?.pid ?? 0,
    hold: async (snapshot) => {
      await client.query(
        `begin isolation level repeatable read read only; set transaction snapshot '${snapshot}'; ${SAME_WORDS}`,
      );
      ({ rows: tables } = await client.query<Table>(TABLES));
      const kept = tables.filter(({ apart }) => !apart).map((table) => `only ${nameOf(table)}`);
      if (kept.length > 0) await client.query(`lock table ${kept.join(', ')} in access share mode`);
    },
    count: async () => {
      try {
        const counted: TableCensus[] = [];
        for (const table of tables) counted.push(await count(client, table, silence));
        return { tables: counted, structure: await structureOf(client) };
      } finally {
        await leave();
      }
    },
    leave,
  };
}

interface Table {
  readonly schema: string;
  readonly name: string;
  readonly apart: boolean;
}

const nameOf = ({ schema, name }: Table) => `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;

async function count(client: pg.Client, table: Table, silence: number): Promise<TableCensus> {
  const { schema, name, apart } = table;
  if (apart) return { schema, name, rows: 0, checksum: null };
  const from = nameOf(table);
  const { rows: size } = await client.query<{ bytes: number }>('select pg_table_size($1::regclass)::float8 as bytes', [
    from,
  ]);
  const { rows } = await client.query<{ rows: number; checksum: string }>(
    patiently(
      `select count(*)::float8 as rows, coalesce(sum(hashtextextended((t.*)::text, 0)::numeric), 0)::text as checksum
         from only ${from} as t`,
      [],
      silence + (size[0]?.bytes ?? 0) / SLOWEST,
    ),
  );
  const [found] = rows;
  if (found === undefined) throw new Error(`${from} could not be counted`);
  return { schema, name, ...found };
}
