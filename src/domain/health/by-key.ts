const INDEXES = new WeakMap<readonly object[], ReadonlyMap<string, unknown>>();

/** The entries of a list of the spec by their keys; made once for each list, since a spec may have ten thousand checks. */
export function byKey<Entry extends { readonly key: string }>(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  const known = INDEXES.get(entries) as ReadonlyMap<string, Entry> | undefined;
  if (known !== undefined) return known;
  const index = new Map(entries.map((entry) => [entry.key, entry]));
  INDEXES.set(entries, index);
  return index;
}
