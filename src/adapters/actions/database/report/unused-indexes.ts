import { sizeWords } from '../../../../domain/text/size-words.ts';
import type { Index } from '../indexes.ts';
import type { Session } from '../session.ts';
import { listed, type Section, section } from './section.ts';

const SINCE = `
  select to_char(stats_reset at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as since
  from pg_stat_database where datname = current_database()`;

/**
 * Indexes no query on this server has used since its statistics began. Those that keep values unique, or that a
 * constraint needs, do their work without being read, and are left out.
 */
export async function unusedIndexes(session: Session, indexes: readonly Index[], top: number): Promise<Section> {
  const [counted] = await session.rows<{ since: string | null }>(SINCE);
  const unused = indexes
    .filter(({ valid, unique, needed, toast, scans }) => valid && !unique && !needed && !toast && scans === 0)
    .toSorted((one, other) => other.bytes - one.bytes);
  const since = counted?.since ? `since ${counted.since} UTC` : 'since the database was made, or last crashed';
  const lines = unused.map(({ shown, shownTable, bytes }) => `${shown} on ${shownTable}: ${sizeWords(bytes)}`);
  const remark = unused.length === 0 ? null : `${unused.length} unused indexes`;
  return section(
    `Indexes not used ${since}, by this server; a standby counts its own`,
    listed(lines, top, 'none'),
    remark,
  );
}
