/** What one environment says: a list of words, such as a version, migrations or names of variables. */
export interface Said {
  readonly name: string;
  readonly words: readonly string[];
}

/** How others differ from the first: one word each is quoted, of lists what is missing or too much. Null where none does. */
export function samenessProblem([first, ...others]: readonly Said[]): string | null {
  if (first === undefined) return null;
  const problems = others.flatMap((other) => difference(first, other) ?? []);
  return problems.length === 0 ? null : problems.join('; ');
}

function difference(first: Said, other: Said): string | null {
  const missing = first.words.filter((word) => !other.words.includes(word));
  const besides = other.words.filter((word) => !first.words.includes(word));
  if (missing.length === 0 && besides.length === 0) return null;
  if (first.words.length === 1 && other.words.length === 1) {
    return `${other.name} says ${listed(other.words)}, ${first.name} ${listed(first.words)}`;
  }
  const parts = [
    ...(missing.length > 0 ? [`lacks ${listed(missing)}`] : []),
    ...(besides.length > 0 ? [`has ${listed(besides)}, which ${first.name} has not`] : []),
  ];
  return `${other.name} ${parts.join(' and ')}`;
}

const MOST_LISTED = 5;
const MOST_LETTERS = 60;

/** The first few words, cut where they are long. */
export function listed(words: readonly string[]): string {
  const shown = words
    .slice(0, MOST_LISTED)
    .map((word) => (word.length > MOST_LETTERS ? `${word.slice(0, MOST_LETTERS)}…` : word));
  const more = words.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/**
 * The words in a JSON answer: a value itself, the elements of a list, and of a map only the names, because its values may
 * be secrets. Undefined for what has none of these.
 */
export function wordsIn(value: unknown): string[] | undefined {
  if (Array.isArray(value)) return value.every(isScalar) ? value.map(String) : undefined;
  if (typeof value === 'object' && value !== null) return Object.keys(value);
  return isScalar(value) ? [String(value)] : undefined;
}

const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
