import { sizeWords } from '../../../../domain/text/size-words.ts';
import { oneLine } from '../../../../domain/text/text-table.ts';
import { type Index, indexesOf, replaces } from '../indexes.ts';
import { fault } from '../session.ts';
import { attempt, type Maintenance, note } from './notes.ts';

// The rebuilt index has the name and not the oid.
const SIZE = `
  select pg_relation_size(c.oid)::float8 as bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2`;

/**
 * REINDEX CONCURRENTLY, index by index, so that reading and writing go on and one that cannot be rebuilt does not keep
 * the others from it. Before and after, what a broken off rebuild has left invalid is dropped; an invalid index that is
 * somebody's own is told and left alone.
 */
export async function reindex(maintenance: Maintenance): Promise<void> {
  const { session, leaves, notes } = maintenance;
  await cleanUp(maintenance, 'left by an earlier run');
  const indexes = await indexesOf(session, leaves);
  for (const index of indexes.filter(({ valid }) => !valid)) {
    const why = replaces(index, indexes) === null ? 'invalid, and left alone' : 'invalid, and could not be dropped';
    notes.lines.push(`  ${oneLine(index.shown)} is ${why}: whoever made it rebuilds or drops it`);
  }
  const excluded = indexes.filter(({ valid, exclusion }) => valid && exclusion);
  for (const { shown } of excluded) {
    notes.lines.push(`  ${oneLine(shown)} belongs to an exclusion constraint: it cannot be rebuilt concurrently`);
  }
  const rebuilt = indexes.filter(({ valid, exclusion }) => valid && !exclusion);
  try {
    for (const [number, index] of rebuilt.entries())
      await rebuild(maintenance, index, `${number + 1}/${rebuilt.length}`);
  } finally {
    await cleanUp(maintenance, 'left by this run');
  }
}

async function rebuild(maintenance: Maintenance, index: Index, number: string): Promise<void> {
  const { session, notes } = maintenance;
  const ms = await attempt(maintenance, index.shown, `reindex index concurrently ${index.quoted}`);
  if (ms === null) return;
  const [now] = await session.rows<{ bytes: number }>(SIZE, [index.schema, index.name]);
  const after = now === undefined ? '' : ` -> ${sizeWords(now.bytes)}`;
  notes.lines.push(`  ${number} ${oneLine(index.shown)}: ${ms} ms; size ${sizeWords(index.bytes)}${after}`);
}

/** Drops leftovers, and says each. It is done also after a stop, or every stopped rebuild would leave one. */
async function cleanUp({ session, leaves, notes }: Maintenance, when: string): Promise<void> {
  const indexes = await indexesOf(session.tidying, leaves);
  for (const index of indexes) {
    const original = replaces(index, indexes);
    if (original === null) continue;
    // Somebody else rebuilds an index of this table right now: what looks left is being made.
    if (index.building) {
      notes.lines.push(`  ${oneLine(index.shown)} is being built by somebody else`);
      continue;
    }
    try {
      await session.tidying.run(`drop index concurrently ${index.quoted}`);
      notes.done += 1;
      notes.lines.push(`  dropped ${oneLine(index.shown)}, an invalid copy of ${oneLine(original)} ${when}`);
    } catch (error) {
      const { lies, reason } = fault(error);
      note(notes, index.shown, `an invalid copy of ${original}, could not be dropped: ${reason}`, lies);
    }
  }
}
