/** An index as far as it matters for telling what a concurrent rebuild left behind. */
export interface KnownIndex {
  readonly name: string;
  readonly valid: boolean;
  /** The same for indexes of the same method, columns, order, expressions and condition, that are unique alike. */
  readonly signature: string;
}

/** Names that REINDEX CONCURRENTLY gives to what it builds and to what it replaces. */
const MADE_NAME = /^(.+)_cc(?:new|old)\d*$/s;
/** PostgreSQL cuts longer names. */
const LONGEST_NAME = 63;

/**
 * The index that a broken off REINDEX CONCURRENTLY was to replace with this one; null where it is no such leftover.
 * The name alone does not tell: people name indexes as they like. A leftover is invalid, and beside it on its table
 * is the valid one it was made after.
 *
 * @param siblings the other indexes of its table
 */
export function replacedBy(index: KnownIndex, siblings: readonly KnownIndex[]): string | null {
  if (index.valid) return null;
  const cut = bytes(index.name) >= LONGEST_NAME;
  const alike = siblings.filter(({ valid, signature }) => valid && signature === index.signature);
  // A rebuild may have been broken off twice: x_ccnew_ccnew.
  for (let made = MADE_NAME.exec(index.name); made !== null; made = MADE_NAME.exec(made[1] ?? '')) {
    const base = made[1] ?? '';
    const original = alike.find(({ name }) => name === base || (cut && name.startsWith(base)));
    if (original !== undefined) return original.name;
  }
  return null;
}

const bytes = (text: string) => new TextEncoder().encode(text).length;
