import type { KnownBlock } from '@slack/types';
import type { AlertGroup, AlertSample } from '../src/domain/alert/group.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { alertButtons } from './alert-buttons.ts';
import { alertEmoji, alertMarks, alertName, alertState, SOURCE_NAME } from './alert-words.ts';
import { context, fields, header, type Rendered, section } from './elements.ts';
import { link, mrkdwn, mrkdwnLine, plainLine } from './escape.ts';
import { serviceName } from './incident-card.ts';
import { teamName } from './run-words.ts';
import { when } from './words.ts';

/** The card of a group of alerts, edited in place for its life: how bad, whose, how many, where to look. One screen. */
export function alertCard(group: AlertGroup, spec: OperationsSpec): Rendered {
  const { number, title, summary, samples, firing } = group;
  const blocks: KnownBlock[] = [header(plainLine(`ALERT-${number} ${title}`, 150)), fields(factsOf(group, spec))];
  if (summary !== '') blocks.push(section(mrkdwn(summary, 600)));
  if (firing > 1 || samples.some(({ name }) => name !== '')) blocks.push(...sampleBlocks(group));
  const marks = alertMarks(group);
  if (marks.length > 0) blocks.push(context(...marks));
  blocks.push(...alertButtons(group, spec), context(footOf(group)));
  return { text: `${alertName(group)}: ${alertState(group)}`, blocks };
}

function factsOf(group: AlertGroup, spec: OperationsSpec): string[] {
  const { severity, service, incident } = group;
  const team = service === null ? undefined : spec.services[service]?.team;
  return [
    `*State*\n${alertEmoji(group)} ${alertState(group)}`,
    ...(severity === null ? [] : [`*Severity*\n${severity} · ${mrkdwnLine(spec.severities[severity].meaning, 200)}`]),
    ...(service === null ? [] : [`*Service*\n${mrkdwnLine(serviceName(service, spec), 200)}`]),
    ...(team === undefined ? [] : [`*Owner*\n${teamName(spec, team)}`]),
    ...(incident === null ? [] : [`*Incident*\nINC-${incident}`]),
  ];
}

/** The longest firing ones. */
function sampleBlocks({ samples, firing }: AlertGroup): KnownBlock[] {
  if (samples.length === 0) return [];
  const left = firing - samples.length;
  const lines = [...samples.map(sampleLine), ...(left > 0 ? [`and ${left} more`] : [])];
  return [section(lines.join('\n'))];
}

function sampleLine({ name, summary, startsAt }: AlertSample): string {
  const words = [name, summary].filter((part) => part !== '').map((part) => mrkdwnLine(part, 200));
  return `• ${[...words, when(startsAt)].join('  ·  ')}`;
}

function footOf({ source, runbook, dashboard, url, truncated }: AlertGroup): string {
  return [
    url === null ? `told by ${SOURCE_NAME[source]}` : `told by ${link(url, SOURCE_NAME[source])}`,
    ...(runbook === null ? [] : [link(runbook, 'Runbook')]),
    ...(dashboard === null ? [] : [link(dashboard, 'Dashboard')]),
    ...(truncated === 0 ? [] : [`${truncated} more were left out by the source`]),
  ].join('  ·  ');
}
