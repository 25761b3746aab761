/** What stands where text was cut off. */
export const CUT = '…';

/** Slack's longest text object. */
const TEXT_LIMIT = 3000;

/** What Slack writes between angle brackets: mentions of people, groups and channels, broadcasts, links. */
const BRACKETED = /<(@[UW][A-Z0-9]+|#C[A-Z0-9]+|![^>|]+|https?:\/\/[^>|\s]+|mailto:[^>|\s]+)(?:\|([^>]*))?>/g;

/**
 * A person's words as mrkdwn, at most `limit` characters long. Mentions of people, channels and links keep working;
 * everything that would call many people (`<!channel>`, user groups) becomes words, and all else is escaped.
 */
export function mrkdwn(text: string, limit: number = TEXT_LIMIT): string {
  return joinWithin(limit, pieces(text, asMrkdwn, escapeCharacters));
}

/** A person's words for a plain-text element, at most `limit` characters long: mentions and links become words. */
export function plain(text: string, limit: number = TEXT_LIMIT): string {
  return joinWithin(
    limit,
    pieces(text, asWords, (character) => character),
  );
}

/** As `mrkdwn`, on one line whatever line breaks were typed. */
export function mrkdwnLine(text: string, limit: number = TEXT_LIMIT): string {
  return mrkdwn(text.replaceAll(/\s+/g, ' ').trim(), limit);
}

/** As `plain`, on one line whatever line breaks were typed. */
export function plainLine(text: string, limit: number = TEXT_LIMIT): string {
  return plain(text.replaceAll(/\s+/g, ' ').trim(), limit);
}

/** Splits text into what must not be cut in the middle: what stands in brackets, and single characters. */
function pieces(
  text: string,
  bracket: (inside: string, label: string | undefined) => string,
  character: (character: string) => string,
): string[] {
  // By code point, so that no emoji is cut in half.
  const between = (from: number, to?: number) => Array.from(text.slice(from, to), character);
  const found: string[] = [];
  let end = 0;
  for (const match of text.matchAll(BRACKETED)) {
    found.push(...between(end, match.index), bracket(match[1] ?? '', match[2]));
    end = match.index + match[0].length;
  }
  return [...found, ...between(end)];
}

function escapeCharacters(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function asMrkdwn(inside: string, label: string | undefined): string {
  if (inside.startsWith('!')) return escapeCharacters(asWords(inside, label));
  return `<${escapeCharacters(label === undefined ? inside : `${inside}|${label}`)}>`;
}

function asWords(inside: string, label: string | undefined): string {
  if (inside.startsWith('@') || inside.startsWith('#')) return `${inside[0]}${label ?? inside.slice(1)}`;
  if (inside.startsWith('!subteam^')) return label ?? `@${inside.slice('!subteam^'.length)}`;
  if (inside.startsWith('!date^')) return label ?? '';
  if (inside.startsWith('!')) return `@${inside.slice(1)}`;
  return label ?? inside;
}

function joinWithin(limit: number, parts: readonly string[]): string {
  let text = '';
  let cutAt = 0;
  for (const part of parts) {
    if (text.length + part.length > limit) return `${text.slice(0, cutAt)}${CUT}`;
    text += part;
    if (text.length <= limit - CUT.length) cutAt = text.length;
  }
  return text;
}
