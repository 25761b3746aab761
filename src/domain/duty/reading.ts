/**
 * Something wrong inside a `when:`. `key`: the name of the entry is at fault, not its value. The message finishes a
 * sentence that begins with the place.
 */
export interface WhenFault {
  readonly path: readonly (string | number)[];
  readonly key?: boolean;
  readonly message: string;
}

export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly faults: readonly WhenFault[] };

/** One written word read, or what is wrong with it. */
export type Word<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: string };

export function faulty(path: readonly (string | number)[], message: string): { ok: false; faults: WhenFault[] } {
  return { ok: false, faults: [{ path, message }] };
}

/** What was found, in a sentence: `"monday"`, `12`, `empty`. */
export function quoted(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map of keys';
  return JSON.stringify(value);
}

/** Reads one value or a list of them, each fault at its own place. A value that is written twice is a fault. */
export function readList<Value>(
  key: string,
  written: unknown,
  missing: string,
  readWord: (word: unknown) => Word<Value>,
): Read<Value[]> {
  if (written === undefined) return faulty([key], `is missing; ${missing}`);
  if (Array.isArray(written) && written.length === 0) return faulty([key], `is an empty list; ${missing}`);
  const values: Value[] = [];
  const seen = new Set<string>();
  const faults: WhenFault[] = [];
  for (const [index, word] of (Array.isArray(written) ? written : [written]).entries()) {
    const path = Array.isArray(written) ? [key, index] : [key];
    const read = readWord(word);
    if (!read.ok) faults.push({ path, message: read.problem });
    else if (seen.has(JSON.stringify(read.value))) faults.push({ path, message: `is ${quoted(word)} a second time` });
    else {
      seen.add(JSON.stringify(read.value));
      values.push(read.value);
    }
  }
  return faults.length === 0 ? { ok: true, value: values } : { ok: false, faults };
}
