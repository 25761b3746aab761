import { durationWords } from '../../../../domain/text/duration-words.ts';
import type { Session } from '../session.ts';
import { type Section, section } from './section.ts';

const OLDEST = `
  select pid, state, application_name as application,
    extract(epoch from clock_timestamp() - xact_start)::float8 * 1000 as ms
  from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
    and backend_type = 'client backend'
  order by xact_start limit 1`;

const PREPARED = `
  select count(*)::int as count, extract(epoch from clock_timestamp() - min(prepared))::float8 * 1000 as ms
  from pg_prepared_xacts where database = current_database()`;

const WRAPAROUND = `
  select age(datfrozenxid)::float8 as transactions, mxid_age(datminmxid)::float8 as multixacts,
    current_setting('autovacuum_freeze_max_age')::float8 as freeze
  from pg_database where datname = current_database()`;

/** Transaction ids there are before the server refuses to write. */
const IDS = 2 ** 31;

/** The oldest open transaction, which holds VACUUM back, and how much is used of the ids that VACUUM gives back. */
export async function age(session: Session): Promise<Section> {
  const [oldest] = await session.rows<{ pid: number; state: string | null; application: string; ms: number }>(OLDEST);
  const [prepared] = await session.rows<{ count: number; ms: number | null }>(PREPARED);
  const [frozen] = await session.rows<{ transactions: number; multixacts: number; freeze: number }>(WRAPAROUND);
  if (frozen === undefined) throw new Error('the database is not in its own list');
  const open =
    oldest === undefined
      ? 'no other transaction is open'
      : `the oldest transaction is open for ${durationWords(oldest.ms)} (process ${oldest.pid}, ${oldest.application || 'unnamed'}, ${oldest.state ?? 'state hidden'})`;
  const waiting = prepared?.count
    ? [`${prepared.count} prepared transactions, the oldest for ${durationWords(prepared.ms ?? 0)}`]
    : [];
  const used = Math.max(frozen.transactions, frozen.multixacts) / IDS;
  const late = frozen.transactions > 1.5 * frozen.freeze;
  return section(
    'Age',
    [
      open,
      ...waiting,
      `${(100 * used).toFixed(1)}% of the way to wraparound: transaction ids ${frozen.transactions} old, multixact ids ${frozen.multixacts} old`,
      ...(late ? [`VACUUM is behind: it should have frozen at ${frozen.freeze}`] : []),
    ],
    late ? `${(100 * used).toFixed(1)}% of the way to wraparound` : null,
  );
}
