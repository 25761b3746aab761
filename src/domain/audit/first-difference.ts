/**
 * Where `found` first differs from `expected`, both read as JSON: a path such as `severitySpans[0].to`, in the order of
 * `expected`'s members, what only `found` has at the end. Empty when the two are altogether different things, null when
 * they are the same.
 */
export function firstDifference(expected: unknown, found: unknown): string | null {
  if (expected === found) return null;
  if (!isObject(expected) || !isObject(found) || Array.isArray(expected) !== Array.isArray(found)) return '';
  const [wanted, there] = [new Map(Object.entries(expected)), new Map(Object.entries(found))];
  for (const name of new Set([...wanted.keys(), ...there.keys()])) {
    const deeper = firstDifference(wanted.get(name), there.get(name));
    if (deeper === null) continue;
    const here = Array.isArray(expected) ? `[${name}]` : name;
    return deeper === '' || deeper.startsWith('[') ? `${here}${deeper}` : `${here}.${deeper}`;
  }
  return null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
