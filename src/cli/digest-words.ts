import { incidentCounts, percent, tallyWords } from '../../blocks/rollup-words.ts';
import type { DailyDigest } from '../domain/digest/daily.ts';
import type { Figures } from '../domain/digest/figures.ts';
import type { Rollup } from '../domain/digest/rollup.ts';
import type { DigestLine } from '../domain/digest/section.ts';
import { runSubject } from '../domain/event.ts';
import { durationWords } from '../domain/text/duration-words.ts';
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

/** A look back for the terminal. */
export function rollupWords(rollup: Rollup): string {
  const { name, period, isOver, until, worst, byOwner, byType, earlier, cycle } = rollup;
  const parts = [
    `${name}, ${period}${isOver ? '' : `, until ${minute(until)}`}`,
    figureWords(rollup.now),
    `The ${cycle} before:\n${figureWords(earlier)}`,
    worst
      .map(({ number, title, dueAt }) => `  ${runSubject(number)} ${inWords(title)} (due ${minute(dueAt)})`)
      .join('\n'),
    byOwner.map((one) => `  ${one.name}: ${tallyWords(one.tally)}`).join('\n'),
    byType.map((one) => `  ${one.type}: ${tallyWords(one.tally)}`).join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function figureWords({ duties, rate, incidents }: Figures): string {
  const length = (word: string, ms: number | null) => (ms === null ? '' : `, ${word} in ${durationWords(ms)}`);
  return [
    `  Duties: ${percent(rate)} done; ${tallyWords(duties)}`,
    `  Incidents: ${incidentCounts(incidents)}${length('acknowledged', incidents.acknowledgedIn)}${length('resolved', incidents.resolvedIn)}`,
  ].join('\n');
}

function lineWords({ mark, subject, title, said, at }: DigestLine): string {
  const state = [said, at === null ? '' : minute(at)].filter((word) => word !== '').join(' ');
  return [mark.padEnd(8), subject?.padEnd(7), inWords(title), state === '' ? undefined : `(${state})`]
    .filter((word) => word !== undefined)
    .join(' ');
}

function minute(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}
