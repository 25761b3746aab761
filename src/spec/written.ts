/** One value of a file as it was read, before its shape is known to be right, and where it stands. */
export interface Written {
  path: readonly (string | number)[];
  value: unknown;
}

/** The values at a place such as `teams.*.members.*`, where `*` stands for every key or element. */
export function valuesAt(file: unknown, at: string): Written[] {
  return descend(file, at.split('.'), []);
}

/** What the entries of a section are called: its keys, or the `key` of each element where it is a list. */
export function keysOf(file: unknown, section: string): string[] {
  const entries = valuesAt(file, section)[0]?.value;
  if (!Array.isArray(entries)) return isMap(entries) ? Object.keys(entries) : [];
  return entries.flatMap((entry: unknown) => (isMap(entry) && typeof entry['key'] === 'string' ? [entry['key']] : []));
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function descend(value: unknown, steps: readonly string[], path: readonly (string | number)[]): Written[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [{ path, value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => step === '*' || step === key)
    .flatMap(([key, inner]) => descend(inner, rest, [...path, key]));
}
