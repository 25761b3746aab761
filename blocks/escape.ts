import { BRACKETED, bracketWords } from '../src/domain/text/slack-text.ts';

/** What stands where text was cut off. */
export const CUT = '…';

/** Slack's longest text object. */
const TEXT_LIMIT = 3000;

/**
 * A person's words as mrkdwn, at most `limit` characters long. Mentions of people, channels and links keep working, a link
 * always with its address in sight; everything that would call many people (`<!channel>`, user groups) becomes words, and
 * all else is escaped.
 */
export function mrkdwn(text: string, limit: number = TEXT_LIMIT): string {
  return joinWithin(limit, pieces(text, asMrkdwn, escapeCharacters));
}

/**
 * As `mrkdwn`, for what one person alone sees, where naming a user group calls nobody: Slack shows its handle.
 * Broadcasts (`<!channel>`) stay words.
 */
export function privateMrkdwn(text: string): string {
  const shown = (inside: string, label: string | undefined) =>
    inside.startsWith('!subteam^') ? `<${escapeCharacters(inside)}>` : asMrkdwn(inside, label);
  return joinWithin(TEXT_LIMIT, pieces(text, shown, escapeCharacters));
}

/** A person's words for a plain-text element, at most `limit` characters long: mentions and links become words. */
export function plain(text: string, limit: number = TEXT_LIMIT): string {
  return joinWithin(
    limit,
    pieces(text, bracketWords, (character) => character),
  );
}

/** As `mrkdwn`, on one line whatever line breaks were typed. */
export function mrkdwnLine(text: string, limit: number = TEXT_LIMIT): string {
  return mrkdwn(text.replaceAll(/\s+/g, ' ').trim(), limit);
}

/** What would end the bold it stands in, or begin something else there: `_` and `~` only do so at the edge of a word. */
const MARKS = /<[^>]*>|[*`]|(?<![\p{L}\p{N}])[_~]|[_~](?![\p{L}\p{N}])/gu;

/** Slack has no escape for its marks: in their place stand characters that look like them. */
const LOOK_ALIKE: Readonly<Record<string, string>> = { '*': '∗', '`': 'ˋ', _: 'ˍ', '~': '∼' };

/** A person's words in bold, on one line; of the words, `limit` characters at most. What stands in brackets stays whole. */
export function bold(text: string, limit?: number): string {
  return `*${mrkdwnLine(text, limit).replaceAll(MARKS, (found) => LOOK_ALIKE[found] ?? found)}*`;
}

/**
 * Text as it is, letter by letter, in a block of its own: nothing in it is a mark, a mention or a link. Of a backquote, which
 * would end the block, only the look-alike is shown.
 */
export function verbatim(text: string, limit: number = TEXT_LIMIT): string {
  const shown = Array.from(text.replaceAll('`', 'ˋ'), escapeCharacters);
  return `\`\`\`${joinWithin(limit - 6, shown)}\`\`\``;
}

/** As `plain`, on one line whatever line breaks were typed. */
export function plainLine(text: string, limit: number = TEXT_LIMIT): string {
  return plain(text.replaceAll(/\s+/g, ' ').trim(), limit);
}

/** A link of our own making: its words need not show the address. */
export function link(url: string, words: string): string {
  const address = url.replaceAll(/[<>|\s]/g, encodeURIComponent);
  return words === url ? `<${escapeCharacters(address)}>` : `<${escapeCharacters(address)}|${escapeCharacters(words)}>`;
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
  if (inside.startsWith('!')) return escapeCharacters(bracketWords(inside, label));
  const isMention = inside.startsWith('@') || inside.startsWith('#');
  if (label === undefined) return `<${escapeCharacters(inside)}>`;
  if (isMention || inside.includes(label)) return `<${escapeCharacters(`${inside}|${label}`)}>`;
  return `${escapeCharacters(label)} (<${escapeCharacters(inside)}>)`;
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
