import pg from 'pg';
import type { FoundIntegrity } from '../../domain/backup/drill-seen.ts';

const OURS = `n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'`;

const INVALID = `
  select c.oid::regclass::text as name
    from pg_index x join pg_class c on c.oid = x.indexrelid join pg_namespace n on n.oid = c.relnamespace
   where ${OURS} and not x.indisvalid order by 1`;

/** Sequences that belong to a column and count upwards. */
const SEQUENCES = `
  select s.oid::regclass::text as sequence, t.oid::regclass::text as "table", quote_ident(a.attname) as "column"
    from pg_depend d
    join pg_class s on s.oid = d.objid and s.relkind = 'S'
    join pg_sequence q on q.seqrelid = s.oid and q.seqincrement > 0
    join pg_class t on t.oid = d.refobjid and t.relkind in ('r', 'p')
    join pg_namespace n on n.oid = t.relnamespace
    join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
   where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i') and ${OURS}
   order by 1`;

const FOREIGN_KEYS = `
  select quote_ident(c.conname) as name, c.conrelid::regclass::text as "table", c.confrelid::regclass::text as other,
         (select json_agg(json_build_array(quote_ident(mine.attname), quote_ident(its.attname)) order by k.n)
            from unnest(c.conkey, c.confkey) with ordinality as k(mine, its, n)
            join pg_attribute mine on mine.attrelid = c.conrelid and mine.attnum = k.mine
            join pg_attribute its on its.attrelid = c.confrelid and its.attnum = k.its) as pairs
    from pg_constraint c join pg_namespace n on n.oid = c.connamespace
   where c.contype = 'f' and c.conparentid = 0 and c.convalidated and ${OURS} order by 2, 1`;

const HEAPS = `
  select c.oid, c.oid::regclass::text as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'm', 't') and c.relpersistence <> 't' and (${OURS} or n.nspname = 'pg_toast') order by 2`;

const BTREES = `
  select c.oid, c.oid::regclass::text as name
    from pg_index x join pg_class c on c.oid = x.indexrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_am a on a.oid = c.relam
   where c.relkind = 'i' and a.amname = 'btree' and x.indisvalid and c.relpersistence <> 't' and ${OURS} order by 2`;

interface Damageable {
  readonly oid: number;
  readonly name: string;
}

/** Looks where a restored database may be damaged though it was restored without a complaint. */
export async function integrityOf(client: pg.Client): Promise<FoundIntegrity> {
  const invalid = await client.query<{ name: string }>(INVALID);
  return {
    invalidIndexes: invalid.rows.map(({ name }) => name),
    sequencesBehind: await sequencesBehind(client),
    orphans: await orphansIn(client),
    damaged: await damagedIn(client),
  };
}

async function sequencesBehind(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ sequence: string; table: string; column: string }>(SEQUENCES);
  const behind: string[] = [];
  for (const { sequence, table, column } of rows) {
    const { rows: asked } = await client.query<{ behind: boolean }>(
      `select coalesce(max(${column}) > (select case when is_called then last_value else last_value - 1 end from ${sequence}), false)
         as behind from ${table}`,
    );
    if (asked[0]?.behind === true) behind.push(sequence);
  }
  return behind;
}

async function orphansIn(client: pg.Client): Promise<FoundIntegrity['orphans']> {
  const { rows: keys } = await client.query<{ name: string; table: string; other: string; pairs: [string, string][] }>(
    FOREIGN_KEYS,
  );
  const orphans: { constraint: string; rows: number }[] = [];
  for (const { name, table, other, pairs } of keys) {
    const given = pairs.map(([mine]) => `mine.${mine} is not null`).join(' and ');
    const same = pairs.map(([mine, its]) => `its.${its} = mine.${mine}`).join(' and ');
    const { rows } = await client.query<{ rows: number }>(
      `select count(*)::float8 as rows from ${table} as mine
        where ${given} and not exists (select from ${other} as its where ${same})`,
    );
    const lost = rows[0]?.rows ?? 0;
    if (lost > 0) orphans.push({ constraint: `${table} ${name}`, rows: lost });
  }
  return orphans;
}

/** Every page of every table, and that every row is in every index: the extension is there with every server of PostgreSQL. */
async function damagedIn(client: pg.Client): Promise<string[]> {
  await client.query('create extension if not exists amcheck schema pg_catalog');
  const damaged: string[] = [];
  for (const { oid, name } of (await client.query<Damageable>(HEAPS)).rows) {
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from (select from verify_heapam($1::regclass) limit 1) as found',
      [oid],
    );
    if ((rows[0]?.count ?? 0) > 0) damaged.push(name);
  }
  for (const { oid, name } of (await client.query<Damageable>(BTREES)).rows) {
    try {
      await client.query('select bt_index_check($1::regclass, true)', [oid]);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      damaged.push(name);
    }
  }
  return damaged;
}
