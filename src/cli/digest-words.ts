import type { DailyDigest } from '../domain/digest/daily.ts';
import type { DigestLine } from '../domain/digest/section.ts';
import { inWords } from '../domain/text/slack-text.ts';

/** A digest for the terminal. */
export function digestWords({ name, day, sections, green }: DailyDigest): string {
  const parts = sections.map(({ title, lines, left, more }) =>
    [
      title,
      ...lines.map((line) => `  ${lineWords(line)}`),
      ...(left === 0 ? [] : [`  and ${left} more${more === null ? '' : `: ${more}`}`]),
    ].join('\n'),
  );
  const well = green.length === 0 ? [] : [`Well: ${green.join(', ')}.`];
  return [`${name}, ${day}`, ...parts, ...well].join('\n\n');
}

function lineWords({ mark, subject, title, said, at }: DigestLine): string {
  const state = [said, at?.slice(0, 16).replace('T', ' ').concat(' UTC')].filter(Boolean).join(' ');
  return [mark.padEnd(8), subject?.padEnd(7), inWords(title), state === '' ? undefined : `(${state})`]
    .filter((word) => word !== undefined)
    .join(' ');
}
