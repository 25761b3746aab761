import { cleaned } from '../text/controls.ts';

/** So many characters of an action's output are kept in the log, of its one line, and on the card. */
const MOST = 10_000;
const MOST_LINE = 300;
const MOST_EXCERPT = 900;
/** Of what is kept, this share is the beginning: what went wrong mostly stands at the end. */
const HEAD = 0.3;

/** Colours and cursor moves of terminals, which are no words. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const ESCAPES = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-_])/g;

/** An action's output as it is kept: without what steers a terminal, and cut in the middle where it is too long. */
export function keptOutput(text: string): string {
  return cutMiddle(cleaned(text.replaceAll(ESCAPES, '').replaceAll('\t', '    ')), MOST);
}

/** An action's one line, in the same way. */
export function keptSummary(text: string): string {
  const line = cleaned(text.replaceAll(ESCAPES, '')).replaceAll(/\s+/g, ' ');
  return line.length <= MOST_LINE ? line : `${line.slice(0, MOST_LINE - 1)}…`;
}

/** What of the output the card shows. */
export function excerptOf(output: string): { readonly excerpt: string; readonly more: boolean } {
  return { excerpt: cutMiddle(output, MOST_EXCERPT), more: output.length > MOST_EXCERPT };
}

/** Whole lines where they are short enough, with a mark that says how much is missing. */
function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const headEnd = Math.floor(most * HEAD);
  const tailBegin = text.length - (most - headEnd);
  const lineEnd = text.lastIndexOf('\n', headEnd);
  const lineBegin = text.indexOf('\n', tailBegin) + 1;
  const head = text.slice(0, lineEnd > 0 ? lineEnd : headEnd);
  const tail = text.slice(lineBegin > 0 ? lineBegin : tailBegin);
  return `${head}\n[… ${text.length - head.length - tail.length} characters left out …]\n${tail}`;
}
