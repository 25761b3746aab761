import type { Action } from '../../usecases/action-port.ts';
import { indexesOf } from './database/indexes.ts';
import { age } from './database/report/age.ts';
import { connections } from './database/report/connections.ts';
import { deadRows } from './database/report/dead-rows.ts';
import { freeSpace } from './database/report/free-space.ts';
import { duplicateIndexes, invalidIndexes } from './database/report/indexes.ts';
import { orReason, type Section, sectionLines } from './database/report/section.ts';
import { sequences } from './database/report/sequences.ts';
import { sizes } from './database/report/sizes.ts';
import { slowQueries } from './database/report/slow-queries.ts';
import { unusedIndexes } from './database/report/unused-indexes.ts';
import { inSession } from './database/session.ts';
import { leavesOf, tablesOf } from './database/tables.ts';

/**
 * Looks at a database as a person on duty would, and changes nothing. What the server has not got or does not let us
 * see is told as not available. The documents' own queries ask for columns PostgreSQL has not (`total_time` of
 * pg_stat_statements since version 13, `tablename` of pg_stat_user_tables ever); these ask for those it has.
 */
export const dbReport: Action<'db.report'> = (input, target, { signal, mode }) => {
  if (mode === 'preview') {
    const summary = `${target?.title} would be looked at; nothing is changed`;
    return Promise.resolve({ outcome: 'succeeded', summary, output: '' });
  }
  return inSession(target, signal, async (session) => {
    const found = await tablesOf(session, input.tables);
    if (!found.ok) return { outcome: 'could-not-run', summary: `${target?.title}: ${found.problem}`, output: '' };
    const leaves = await leavesOf(session, found.tables);
    const indexes = await indexesOf(session, leaves);
    const { top, deadRowsAbove } = input;
    const sections: Section[] = [
      await orReason('Connections', () => connections(session)),
      await orReason('Slow queries', () => slowQueries(session, top)),
      invalidIndexes(indexes, top),
      duplicateIndexes(indexes, top),
      await orReason('Unused indexes', () => unusedIndexes(session, indexes, top)),
      await orReason('Storage', () => sizes(session, leaves, top)),
      await orReason('Dead rows', () => deadRows(session, leaves, deadRowsAbove, top)),
      await freeSpace(session, leaves, top),
      await orReason('Sequences', () => sequences(session, top)),
      await orReason('Age', () => age(session)),
    ];
    const missing = sections.filter(({ available }) => !available).length;
    const remarks = [
      ...sections.flatMap(({ remark }) => remark ?? []),
      ...(missing === 0 ? [] : [`${missing} of ${sections.length} parts not available`]),
    ];
    const output = sections.map((section) => sectionLines(section).join('\n')).join('\n\n');
    // A part that the server has not got is told; a report without any is none.
    return {
      outcome: missing === sections.length ? 'could-not-run' : 'succeeded',
      summary: `${target?.title}: ${remarks.join('; ')}`,
      output,
    };
  });
};
