import canonicalize from 'canonicalize';

/**
 * PostgreSQL's jsonb and text can hold neither U+0000 nor half a surrogate pair. JSON.stringify escapes exactly
 * these (and other controls); the second half of the pattern eats every other escape, so that the text `\u0000`
 * written out by a person, `"\\u0000"` in JSON, is left alone.
 */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/;
const ESCAPES = /\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/g;
const REPLACED = /^\\u(?:0000|d[89a-f][0-9a-f]{2})$/;

/**
 * A value as JSON text that the database can hold. A character that it cannot hold becomes U+FFFD, the replacement
 * character: visible to every reader, one for one, and done before hashing, so that what is hashed is what is stored.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  if (!UNSTORABLE.test(text)) return text;
  return text.replace(ESCAPES, (found) => (REPLACED.test(found) ? '\ufffd' : found));
}

/**
 * The canonical form of a value that went through `jsonText`: RFC 8785 (JSON Canonicalization Scheme), the one text
 * that every implementation writes for the same value.
 */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only values that JSON can express have a canonical form.');
  return text;
}
