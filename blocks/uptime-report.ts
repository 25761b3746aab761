import type { KnownBlock } from '@slack/types';
import { incidentSubject, windowSubject } from '../src/domain/event.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import { availabilityOf } from '../src/domain/uptime/account.ts';
import type { Outage, ShownExclusion, UnknownTime } from '../src/domain/uptime/outage.ts';
import type { UptimeReport } from '../src/domain/uptime/report.ts';
import { context, type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine, plainLine } from './escape.ts';
import { listedAs } from './lines.ts';
import { uptimeChart } from './uptime-chart.ts';
import { budgetEmoji, budgetWords, knownWords, OBJECTIVE_WORDS, shareWords, UNKNOWN_WORDS } from './uptime-words.ts';
import { when } from './words.ts';

/** Slack's longest text for those who do not see a picture. */
const ALT = 2000;
const MOST_OUTAGES = 6;
const MOST_EXCLUSIONS = 12;
const MOST_UNKNOWN = 4;

/**
 * What became of a promise in a period: how much it was up, what that left of its budgets, and all that is behind it - each
 * outage, each exclusion, and of what nothing is known.
 *
 * @param picture id of the file in Slack that shows `uptimeChart`; null where there is none
 */
export function uptimeReportMessage(report: UptimeReport, picture: string | null): Rendered {
  const { service, title, slo, period, times, budgets, until, promisedPer } = report;
  const share = shareWords(availabilityOf(times));
  const upTo = until < period.to ? `, until ${when(new Date(until))}` : '';
  const more = `\`mainstay uptime ${slo} --period ${period.key}\` shows all.`;
  return {
    text: mrkdwnLine(`${plainLine(service, 100)}, ${period.name}: available ${share}`, 300),
    blocks: [
      section(
        `${budgetEmoji(budgets, times)} ${bold(service, 100)}  ·  ${mrkdwnLine(title, 100)}, ${period.name}${upTo}`,
      ),
      section([`*${share}* available ${knownWords(times)}`.trim(), timesLine(report)].join('\n')),
      budgets.length === 0
        ? context(`It is promised per ${promisedPer}.`)
        : section(
            budgets.map((one) => `*${OBJECTIVE_WORDS[one.objective](one.target)}*: ${budgetWords(one)}`).join('\n'),
          ),
      ...part('Outages, the longest first', report.outages, outageLine, MOST_OUTAGES, more),
      ...part('Left out, because it was announced', report.exclusions, exclusionLine, MOST_EXCLUSIONS, more),
      ...part('Unknown, which is not up', report.unknown, unknownLine, MOST_UNKNOWN, more),
      ...report.notConnected
        .slice(0, MOST_UNKNOWN)
        .map(({ check, reason }) => context(`Not connected: ${mrkdwnLine(check, 100)}: ${mrkdwnLine(reason, 200)}`)),
      ...(picture === null
        ? []
        : [{ type: 'image' as const, slack_file: { id: picture }, alt_text: plainLine(uptimeChart(report).alt, ALT) }]),
    ],
  };
}

function timesLine({ times: { up, down, excluded, unknown } }: UptimeReport): string {
  const parts = [
    ['up', up],
    ['down', down],
    ['left out', excluded],
    ['unknown', unknown],
  ] as const;
  return parts
    .filter(([what, ms]) => ms > 0 || what === 'down')
    .map(([what, ms]) => `${what} ${ms === 0 ? 'never' : durationWords(ms)}`)
    .join('  ·  ');
}

function part<Thing>(
  title: string,
  things: readonly Thing[],
  lineOf: (thing: Thing) => string,
  most: number,
  more: string,
): KnownBlock[] {
  return things.length === 0 ? [] : [section(`*${title}*`), ...listedAs(things, lineOf, most, more)];
}

function outageLine({ from, to, causes, incidents }: Outage): string {
  const why = causes
    .slice(0, 3)
    .map(({ check, detail }) => `${mrkdwnLine(check, 80)}${detail === null ? '' : ` (${mrkdwnLine(detail, 100)})`}`);
  const told = incidents
    .slice(0, 3)
    .map(({ incident, title }) => `${incidentSubject(incident)} ${mrkdwnLine(title, 80)}`);
  return ['• ', [`${when(new Date(from))} for ${durationWords(to - from)}`, ...why, ...told].join('  ·  ')].join('');
}

function exclusionLine({ from, to, window, title, documented, down }: ShownExclusion): string {
  const bad = down === 0 ? '' : `, down ${durationWords(down)} of it`;
  const owed = documented ? '' : '  ·  nobody has said what was done';
  return `• *${windowSubject(window)}* ${mrkdwnLine(title, 100)}  ·  ${when(new Date(from))} for ${durationWords(to - from)}${bad}${owed}`;
}

function unknownLine({ from, to, reason }: UnknownTime): string {
  return `• ${when(new Date(from))} for ${durationWords(to - from)}: ${UNKNOWN_WORDS[reason]}`;
}
