import { durationWords } from '../../../../domain/text/duration-words.ts';
import type { Session } from '../session.ts';
import { qualified, type Table } from '../tables.ts';
import { listed, type Section, section } from './section.ts';

// pg_stat_user_tables has relname; a column tablename, as some write, it has not.
const DEAD = `
  select schemaname as schema, relname as name, n_live_tup::float8 as live, n_dead_tup::float8 as dead,
    extract(epoch from now() - greatest(last_vacuum, last_autovacuum))::float8 * 1000 as vacuumed
  from pg_stat_user_tables where relid = any($1::oid[]) and n_dead_tup > $2 order by n_dead_tup desc`;

interface Dead {
  schema: string;
  name: string;
  live: number;
  dead: number;
  vacuumed: number | null;
}

/** Tables with more dead rows than that: rows that VACUUM can free. What is free already is another figure. */
export async function deadRows(session: Session, leaves: readonly Table[], above: number, top = 10): Promise<Section> {
  const rows = await session.rows<Dead>(DEAD, [leaves.map(({ oid }) => oid), above]);
  const lines = rows.map(({ schema, name, live, dead, vacuumed }) => {
    const share = Math.round((100 * dead) / Math.max(1, live + dead));
    const when = vacuumed === null ? 'never vacuumed' : `vacuumed ${durationWords(vacuumed)} ago`;
    return `${qualified(schema, name).shown}: ${dead} dead rows (${share}%), ${when}`;
  });
  const remark = rows.length === 0 || above === 0 ? null : `${rows.length} with more than ${above} dead rows`;
  return section(
    above === 0 ? 'Tables with dead rows' : `Tables with more than ${above} dead rows`,
    listed(lines, top, 'none'),
    remark,
  );
}
