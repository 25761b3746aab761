import type { KnownBlock } from '@slack/types';
import { context, section } from './elements.ts';

/** Slack's longest section. */
const SECTION_LIMIT = 3000;

/**
 * Lines as few sections as hold them, and how many were left out. Each line is mrkdwn, and shorter than a section.
 *
 * @param most so many lines at most
 * @param more where the rest can be seen
 */
export function listed(lines: readonly string[], most: number, more: string): KnownBlock[] {
  return listedAs(lines, (line) => line, most, more);
}

/** As `listed`, of things of which only those are put into words that are shown. */
export function listedAs<Thing>(
  things: readonly Thing[],
  lineOf: (thing: Thing) => string,
  most: number,
  more: string,
): KnownBlock[] {
  const texts: string[] = [];
  for (const line of things.slice(0, most).map(lineOf)) {
    const last = texts.at(-1);
    if (last === undefined || last.length + 1 + line.length > SECTION_LIMIT) texts.push(line);
    else texts[texts.length - 1] = `${last}\n${line}`;
  }
  const left = things.length - most;
  return [...texts.map(section), ...(left > 0 ? [context(`and ${left} more. ${more}`)] : [])];
}
