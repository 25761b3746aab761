import type { ImageBlock, KnownBlock } from '@slack/types';
import type { Figures } from '../src/domain/digest/figures.ts';
import type { Rollup } from '../src/domain/digest/rollup.ts';
import { runSubject } from '../src/domain/event.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import { context, type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine, plainLine } from './escape.ts';
import { rollupChart } from './rollup-chart.ts';
import { incidentCounts, percent, tallyWords } from './rollup-words.ts';
import { RUN_EMOJI } from './run-words.ts';
import { when } from './words.ts';

/** Slack's longest text for those who do not see a picture. */
const ALT = 2000;

/**
 * A look back: what was done of what was to be done, the incidents, how both compare, and a picture.
 *
 * @param picture id of the file in Slack that shows `rollupChart`; null where it could not be put there
 */
export function rollupMessage(rollup: Rollup, picture: string | null): Rendered {
  const { name, period, late, dueAt, isOver, until } = rollup;
  const upTo = isOver ? '' : `, until ${when(until)}`;
  const lateWords = late ? `\n:hourglass: Late: it was due ${when(dueAt)}.` : '';
  const text = `${plainLine(name, 100)}, ${period}: ${percent(rollup.now.rate)} of duties done, ${incidentCounts(rollup.now.incidents)}`;
  return {
    text: mrkdwnLine(text, 300),
    blocks: [
      section(`:bar_chart: ${bold(name, 100)}  ·  ${period}${upTo}${lateWords}`),
      section(`*Duties*  ${dutyWords(rollup)}`),
      ...worstBlocks(rollup),
      section(`*Incidents*  ${incidentWords(rollup)}`),
      ...tableBlocks(rollup),
      ...(picture === null ? [] : [pictureBlock(rollup, picture)]),
    ],
  };
}

function dutyWords({ now, earlier, cycle }: Rollup): string {
  const rate = now.rate === null ? '' : `*${percent(now.rate)} done*${trend(now, earlier, cycle)}  ·  `;
  return `${rate}${tallyWords(now.duties)}`;
}

/** In points of a hundred, because a share of a share is read wrongly. */
function trend(now: Figures, earlier: Figures, cycle: string): string {
  if (now.rate === null || earlier.rate === null) return '';
  const points = Math.round(now.rate * 100) - Math.round(earlier.rate * 100);
  const before = `the ${cycle} before`;
  if (points === 0) return `, as ${before}`;
  return ` (${points > 0 ? ':arrow_upper_right:' : ':arrow_lower_right:'} ${percent(earlier.rate)} ${before})`;
}

function worstBlocks({ worst, worstCount }: Rollup): KnownBlock[] {
  if (worst.length === 0) return [];
  const lines = worst.map(
    ({ number, title, dueAt, status }) =>
      `${RUN_EMOJI[status]} *${runSubject(number)}* ${mrkdwnLine(title, 80)}  ·  due ${when(dueAt)}`,
  );
  const left = worstCount - worst.length;
  return [section([...lines, ...(left > 0 ? [`and ${left} more: \`/maintenance history\``] : [])].join('\n'))];
}

function incidentWords({ now, earlier, cycle }: Rollup): string {
  const before = `the ${cycle} before`;
  const { incidents } = now;
  const length = (what: string, ms: number | null, then: number | null) => {
    if (ms === null) return [];
    const compared = then === null ? '' : ` (${durationWords(then)} ${before})`;
    return [`${what} in ${durationWords(ms)} on average${compared}`];
  };
  return [
    `${incidentCounts(incidents)}; ${earlier.incidents.total} ${before}`,
    ...length('acknowledged', incidents.acknowledgedIn, earlier.incidents.acknowledgedIn),
    ...length('resolved', incidents.resolvedIn, earlier.incidents.resolvedIn),
  ].join('  ·  ');
}

function tableBlocks({ byOwner, byType }: Rollup): KnownBlock[] {
  const owners = byOwner.map(({ name, tally }) => `• ${bold(name, 80)}  ${tallyWords(tally)}`);
  const types = byType.map(({ type, tally }) => `• *${type}*  ${tallyWords(tally)}`);
  return [
    ...(owners.length === 0 ? [] : [section(['By team', ...owners].join('\n'))]),
    ...(types.length === 0 ? [] : [section(['By type of maintenance', ...types].join('\n'))]),
    ...(owners.length === 0 ? [] : [context('`/maintenance report quarter` shows the quarter that runs.')]),
  ];
}

function pictureBlock(rollup: Rollup, picture: string): ImageBlock {
  const { alt } = rollupChart(rollup);
  return { type: 'image', slack_file: { id: picture }, alt_text: plainLine(alt, ALT) };
}
