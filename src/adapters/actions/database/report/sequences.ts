import type { Session } from '../session.ts';
import { qualified } from '../tables.ts';
import { listed, type Section, section } from './section.ts';

// The column a sequence fills may be narrower than the sequence itself. A sequence that cycles has no end.
const USED = `
  select n.nspname as schema, c.relname as name, has_sequence_privilege(c.oid, 'SELECT,USAGE') as readable,
    case when has_sequence_privilege(c.oid, 'SELECT,USAGE') then coalesce(pg_sequence_last_value(c.oid)::numeric, 0) end
      / least(s.seqmax, coalesce(o.most, s.seqmax)) as used
  from pg_sequence s
  join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
  left join lateral (
    select min(case a.atttypid when 'int2'::regtype then 32767 when 'int4'::regtype then 2147483647 end) as most
    from pg_depend d join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass
      and d.deptype in ('a', 'i')
  ) o on true
  where s.seqincrement > 0 and not s.seqcycle and c.relpersistence <> 't'
  order by used desc nulls last, n.nspname, c.relname`;

interface Used {
  schema: string;
  name: string;
  readable: boolean;
  used: string | null;
}

/** From this share on there is time to act: a wider column takes a rewrite of its table. */
const NEAR = 0.7;

/** Sequences that come near the largest number they, or the columns they fill, can hold. */
export async function sequences(session: Session, top: number): Promise<Section> {
  const rows = await session.rows<Used>(USED);
  const hidden = rows.filter(({ readable }) => !readable).length;
  const near = rows.filter(({ used }) => used !== null && Number(used) >= NEAR);
  const lines = near.map(({ schema, name, used }) => {
    return `${qualified(schema, name).shown}: ${(100 * Number(used)).toFixed(1)}% used`;
  });
  const [most] = rows;
  const none =
    most === undefined || most.used === null
      ? 'none'
      : `none; the furthest is ${qualified(most.schema, most.name).shown} at ${(100 * Number(most.used)).toFixed(1)}%`;
  const unseen = hidden === 0 ? [] : [`${hidden} that this role may not read`];
  const remark = near.length === 0 ? null : `${near.length} sequences near their end`;
  return section(`Sequences over ${100 * NEAR}% of their numbers`, [...listed(lines, top, none), ...unseen], remark);
}
