import { isSecretName, redactText } from './redact.ts';

/** Far above what a line needs; below what makes a log unreadable or a worker slow. */
const MAX_TEXT = 8_192;
const MAX_ITEMS = 100;
const MAX_DEPTH = 8;

/** Where PostgreSQL quotes the row it refuses: people's own words, cut off so that no pattern would find what is in them. */
const QUOTING = new Set(['detail', 'where', 'internalQuery']);
/** Shown beside these already. */
const OWN = new Set(['name', 'message', 'stack', 'cause', 'errors']);

/**
 * A copy of any value that is safe to write: secrets and personal data taken out of every string, key, error and
 * nested value, cycles and endless structures cut with a visible mark. Never throws: what cannot be read says so.
 */
export function cleaner(secrets: Iterable<string>) {
  const text = (value: string): string => {
    const redacted = redactText(value, secrets);
    const extra = redacted.length - MAX_TEXT;
    return extra > 0 ? `${redacted.slice(0, MAX_TEXT)}… (${extra} more characters)` : redacted;
  };

  const entries = (pairs: Iterable<readonly [string, unknown]>, above: readonly object[]) => {
    const clean: Record<string, unknown> = {};
    let count = 0;
    for (const [key, value] of pairs) {
      if (++count > MAX_ITEMS) {
        clean['…'] = 'more';
        break;
      }
      const hidden = isSecretName(key) && value !== null && value !== undefined && typeof value !== 'boolean';
      const safe = hidden ? '[secret]' : any(value, above);
      if (safe !== undefined) clean[text(key)] = safe;
    }
    return clean;
  };

  const list = (items: readonly unknown[], above: readonly object[]) => {
    const clean = items.slice(0, MAX_ITEMS).map((item) => any(item, above) ?? null);
    return items.length > MAX_ITEMS ? [...clean, `… (${items.length - MAX_ITEMS} more)`] : clean;
  };

  const error = (thrown: Error, above: readonly object[]) => ({
    type: thrown.name,
    message: text(thrown.message),
    ...(thrown.stack === undefined ? {} : { stack: text(thrown.stack) }),
    ...(thrown.cause === undefined ? {} : { cause: any(thrown.cause, above) }),
    ...(thrown instanceof AggregateError ? { errors: list(thrown.errors, above) } : {}),
    ...entries(
      Object.entries(thrown).filter(([key]) => !OWN.has(key) && !QUOTING.has(key)),
      above,
    ),
  });

  const object = (value: object, above: readonly object[]): unknown => {
    if (above.includes(value)) return '[circular]';
    if (above.length >= MAX_DEPTH) return '[too deep]';
    const inside = [...above, value];
    if (value instanceof Error) return error(value, inside);
    if (Array.isArray(value)) return list(value, inside);
    if (value instanceof Set) return list([...value], inside);
    if (value instanceof Map)
      return entries(
        [...value].map(([key, item]) => [String(key), item]),
        inside,
      );
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
    if ('toJSON' in value && typeof value.toJSON === 'function') return any(value.toJSON(), inside);
    return entries(Object.entries(value), inside);
  };

  const any = (value: unknown, above: readonly object[]): unknown => {
    switch (typeof value) {
      case 'string':
        return text(value);
      case 'bigint':
        return String(value);
      case 'object':
        if (value === null) return null;
        try {
          return object(value, above);
        } catch (problem) {
          return `[unreadable: ${text(String(problem))}]`;
        }
      case 'function':
      case 'symbol':
        return undefined;
      default:
        return value;
    }
  };

  return { text, fields: (fields: Record<string, unknown>) => entries(Object.entries(fields), []) };
}
