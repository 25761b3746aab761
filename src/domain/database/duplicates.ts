import type { KnownIndex } from './leftover.ts';

/** An index as far as it matters for telling whether another does its work. */
export interface ComparedIndex extends KnownIndex {
  readonly oid: string;
  readonly table: string;
  readonly unique: boolean;
  readonly needed: boolean;
  readonly method: string;
  /** Numbers of its columns in order; null where it has expressions or columns it only carries. */
  readonly columns: readonly string[] | null;
  readonly comparisons: readonly string[];
  readonly condition: string;
}

/** One that can go, because another does its work. `prefix`: that one has further columns after the same first ones. */
export interface Duplicate<Compared> {
  readonly index: Compared;
  readonly of: Compared;
  readonly kind: 'same' | 'prefix';
}

/**
 * Indexes whose work another one on their table does: one of the same definition, or a longer B-tree that begins with
 * the same columns. What keeps values unique or belongs to a constraint is never the one that can go, unless the other
 * keeps the same ones unique. Of two alike the later name is told.
 */
export function duplicates<Compared extends ComparedIndex>(indexes: readonly Compared[]): Duplicate<Compared>[] {
  const valid = indexes.filter((index) => index.valid);
  return valid.flatMap((index): Duplicate<Compared>[] => {
    const others = valid.filter((other) => other.table === index.table && other.oid !== index.oid);
    const same = others.find((other) => replacesSame(index, other));
    if (same !== undefined) return [{ index, of: same, kind: 'same' }];
    const longer = others.find((other) => replacesPrefix(index, other));
    return longer === undefined ? [] : [{ index, of: longer, kind: 'prefix' }];
  });
}

function replacesSame(index: ComparedIndex, other: ComparedIndex): boolean {
  if (index.needed || !sameDefinition(index, other)) return false;
  if (index.unique && !other.unique) return false;
  // Of two that could both go, one stays.
  const bothCould = !other.needed && index.unique === other.unique;
  return !bothCould || index.name > other.name;
}

/** A signature begins with the method and whether it is unique; only the latter may differ here. */
function sameDefinition(index: ComparedIndex, other: ComparedIndex): boolean {
  const apart = ({ signature }: KnownIndex) => signature.split('|').toSpliced(1, 1).join('|');
  return apart(index) === apart(other);
}

function replacesPrefix(index: ComparedIndex, other: ComparedIndex): boolean {
  if (index.needed || index.unique || index.method !== 'btree' || other.method !== 'btree') return false;
  if (index.columns === null || other.columns === null || index.condition !== other.condition) return false;
  if (index.columns.length >= other.columns.length) return false;
  return index.columns.every((column, at) => {
    return column === other.columns?.[at] && index.comparisons[at] === other.comparisons[at];
  });
}
