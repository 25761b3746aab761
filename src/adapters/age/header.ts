const VERSION = 'age-encryption.org/v1\n';

/** The longest beginning of a file that has to be looked at: a header of a few recipients is some hundred bytes. */
export const HEADER_BYTES = 16 * 1024;

/**
 * For how many X25519 recipients an age file is locked, by its first bytes. For whom, a header does not say: that is so on
 * purpose.
 *
 * @returns null when it begins like no age file
 */
export function locksIn(start: Buffer): number | null {
  const text = start.toString('latin1');
  const end = text.indexOf('\n--- ');
  if (!text.startsWith(VERSION) || end === -1) return null;
  return text.slice(0, end).split('\n-> X25519 ').length - 1;
}
