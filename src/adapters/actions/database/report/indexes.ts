import { duplicates } from '../../../../domain/database/duplicates.ts';
import { sizeWords } from '../../../../domain/text/size-words.ts';
import { type Index, replaces } from '../indexes.ts';
import { listed, type Section, section } from './section.ts';

/** Indexes whose work another one does; the same definition and the same first columns told apart. */
export function duplicateIndexes(indexes: readonly Index[], top: number): Section {
  const found = duplicates(indexes.filter(({ toast }) => !toast));
  const lines = found.map(({ index, of, kind }) => {
    const why = kind === 'same' ? `has the same definition as ${of.shown}` : `has the first columns of ${of.shown}`;
    return `${index.shown} on ${index.shownTable} (${sizeWords(index.bytes)}) ${why}`;
  });
  const remark = found.length === 0 ? null : `${found.length} duplicate indexes`;
  return section('Duplicate indexes', listed(lines, top, 'none'), remark);
}

/** Indexes that no query uses because they were never finished; each costs every change of its table. */
export function invalidIndexes(indexes: readonly Index[], top: number): Section {
  const found = indexes.filter(({ valid }) => !valid);
  const lines = found.map((index) => {
    const original = replaces(index, indexes);
    const left = original === null ? 'not finished when it was made' : `left by a broken off rebuild of ${original}`;
    return `${index.shown} on ${index.shownTable}: ${index.building ? 'being built' : left}`;
  });
  const remark = found.length === 0 ? null : `${found.length} invalid indexes`;
  return section('Invalid indexes', listed(lines, top, 'none'), remark);
}
