import type pg from 'pg';
import type { StructureCensus } from '../../domain/backup/manifest.ts';

/**
 * The catalog, without what an extension brought. Expressions (of checks, views, defaults) are left out of the digests:
 * PostgreSQL writes some of them otherwise after it has read its own words once, so a good restore would differ.
 */
const STRUCTURE = `
  with ours as (
    select oid, nspname from pg_namespace where nspname not like 'pg\\_%' and nspname <> 'information_schema'
  ), named as (
    select c.oid, c.relkind, c.relowner, quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name
      from pg_class c join ours n on n.oid = c.relnamespace
     where c.relpersistence <> 't'
       and not exists (select from pg_depend x where x.classid = 'pg_class'::regclass and x.objid = c.oid and x.deptype = 'e')
  ), found(kind, name, what) as (
    select case when t.relkind in ('v', 'm') then 'view' else 'table' end, t.name,
           concat_ws(' ', t.relkind, pg_get_userbyid(t.relowner), (
             select coalesce(string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull, atthasdef,
                                                  attidentity, attgenerated), ', ' order by attnum), '')
               from pg_attribute where attrelid = t.oid and attnum > 0 and not attisdropped))
      from named t where t.relkind in ('r', 'p', 'f', 'v', 'm')
    union all
    select 'index', i.name,
           concat_ws(' ', t.name, x.indisunique, x.indisprimary, x.indpred is not null, a.amname, (
             select string_agg(case when k.key = 0 then '()' else att.attname end, ', ' order by k.n)
               from unnest(x.indkey::int2[]) with ordinality as k(key, n)
               left join pg_attribute att on att.attrelid = x.indrelid and att.attnum = k.key))
      from pg_index x join named i on i.oid = x.indexrelid join named t on t.oid = x.indrelid
      join pg_class c on c.oid = x.indexrelid join pg_am a on a.oid = c.relam
     where x.indisvalid
    union all
    select 'constraint', t.name || ' ' || quote_ident(c.conname),
           concat_ws(' ', c.contype, c.convalidated, c.confrelid::regclass, c.confupdtype, c.confdeltype, (
             select string_agg(att.attname, ', ' order by k.n)
               from unnest(c.conkey) with ordinality as k(key, n)
               join pg_attribute att on att.attrelid = c.conrelid and att.attnum = k.key))
      from pg_constraint c join named t on t.oid = c.conrelid where c.contype in ('p', 'u', 'f', 'c', 'x')
    union all
    select 'function', p.oid::regprocedure::text, concat_ws(' ', l.lanname, pg_get_userbyid(p.proowner), p.prosrc)
      from pg_proc p join ours n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
     where not exists (select from pg_depend x where x.classid = 'pg_proc'::regclass and x.objid = p.oid and x.deptype = 'e')
    union all
    select 'trigger', t.name || ' ' || quote_ident(g.tgname), concat_ws(' ', g.tgtype, g.tgenabled, g.tgfoid::regproc)
      from pg_trigger g join named t on t.oid = g.tgrelid where not g.tgisinternal
    union all
    select 'type', quote_ident(n.nspname) || '.' || quote_ident(y.typname),
           concat_ws(' ', y.typtype, (select string_agg(enumlabel, ', ' order by enumsortorder) from pg_enum where enumtypid = y.oid))
      from pg_type y join ours n on n.oid = y.typnamespace
     where y.typtype in ('e', 'd')
       and not exists (select from pg_depend x where x.classid = 'pg_type'::regclass and x.objid = y.oid and x.deptype = 'e')
  )
  select kind, name, md5(what) as digest from found order by kind, name collate "C"`;

/** What the database consists of, apart from rows, on a connection whose words are the same everywhere. */
export async function structureOf(client: pg.Client): Promise<StructureCensus[]> {
  return (await client.query<StructureCensus>(STRUCTURE)).rows;
}
