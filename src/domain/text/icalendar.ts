import { withoutControls } from './controls.ts';

/** Longest line, in octets and without its end (RFC 5545, 3.1). */
const LONGEST_LINE = 75;
const CRLF = '\r\n';

/** One property with a text as its value: escaped, folded, with its line end. */
export function textLine(name: string, text: string): string {
  return contentLine(name, escaped(text));
}

/** One property whose value is written as it is: a time, a number, an address. Folded, with its line end. */
export function contentLine(name: string, value: string): string {
  return folded(`${name}:${value}`) + CRLF;
}

/** An instant in UTC, which needs no zone to be described: "20260318T100000Z". */
export function utcTime(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** RFC 5545, 3.3.11: a backslash before backslash, semicolon and comma; a line end becomes `\n`. */
function escaped(text: string): string {
  return withoutControls(text.replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' '))
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

/** Broken into lines of 75 octets, each after the first begun with a space; never inside a character. */
function folded(line: string): string {
  const lines: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > LONGEST_LINE) {
      lines.push(current);
      current = ' ';
      octets = 1;
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join(CRLF);
}

/** Length of one character in UTF-8. */
function octetsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}
