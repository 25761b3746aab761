import { escapeIdentifier } from 'pg';
import { sizeWords } from '../../../../domain/text/size-words.ts';
import type { Session } from '../session.ts';
import { qualified, type Table } from '../tables.ts';
import { listed, notAvailable, orReason, type Section, section } from './section.ts';

const TITLE = 'Free space inside tables (freed already, used again by the table, not given back to the disk)';

const INSTALLED = `
  select n.nspname as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace
  where e.extname = 'pgstattuple'`;

/** The largest are looked at: they are read where they changed since the last VACUUM. */
const MOST_TABLES = 20;
/** Less is what every table has. */
const WORTH_TELLING = 1_000_000;

interface Free {
  schema: string;
  name: string;
  free: number;
  share: number;
}

/** Space inside tables that dead rows do not show: VACUUM turns dead rows into free space, and the file stays as large. */
export function freeSpace(session: Session, leaves: readonly Table[], top = 10): Promise<Section> {
  return orReason(TITLE, async () => {
    const [installed] = await session.rows<{ schema: string }>(INSTALLED);
    if (installed === undefined) {
      return notAvailable(TITLE, 'pgstattuple is not installed in this database; dead rows alone do not tell it');
    }
    const found = await session.rows<Free>(
      `select n.nspname as schema, c.relname as name, f.approx_free_space::float8 as free, f.approx_free_percent as share
       from (select oid from unnest($1::oid[]) oid order by pg_relation_size(oid) desc limit $2) largest
       cross join lateral ${escapeIdentifier(installed.schema)}.pgstattuple_approx(largest.oid) f
       join pg_class c on c.oid = largest.oid join pg_namespace n on n.oid = c.relnamespace
       where f.approx_free_space >= $3 order by f.approx_free_space desc`,
      [leaves.map(({ oid }) => oid), MOST_TABLES, WORTH_TELLING],
    );
    const lines = found.map(({ schema, name, free, share }) => {
      return `${qualified(schema, name).shown}: ${sizeWords(free)} free (${Math.round(share)}%)`;
    });
    const left = leaves.length > MOST_TABLES ? [`only the ${MOST_TABLES} largest were looked at`] : [];
    return section(TITLE, [...listed(lines, top, 'less than 1 MB in every table'), ...left]);
  });
}
