import type { Incident } from '../src/domain/incident/state.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import { context, type Rendered, section } from './elements.ts';
import { mrkdwnLine } from './escape.ts';
import { serviceName } from './incident-card.ts';
import { incidentEmoji, STATUS_WORD, userName, when } from './words.ts';

/** What people outside the incident's channel see: two lines and a way in, edited in place. */
export function incidentAnnouncement(incident: Incident, spec: OperationsSpec): Rendered {
  const { number, severity, title, status, owner, service, channel } = incident;
  const id = severity === null ? `INC-${number}` : `${severity} · INC-${number}`;
  const state = [STATUS_WORD[status], owner === null ? 'no owner yet' : userName(owner)];
  if (service !== null) state.push(mrkdwnLine(serviceName(service, spec), 200));
  if (channel !== null) state.push(`<#${channel.id}>`);
  const head = `${incidentEmoji(incident)} *${id}*  ${mrkdwnLine(title, 500)}`;
  return {
    text: `${id} ${mrkdwnLine(title, 300)}: ${STATUS_WORD[status]}`,
    blocks: [section(`${head}\n${state.join('  ·  ')}`), context(latest(incident))],
  };
}

function latest(incident: Incident): string {
  const { resolvedAt, resolution, declaredAt, lastUpdate } = incident;
  if (resolvedAt !== null) {
    const lasted = durationWords(Date.parse(resolvedAt) - Date.parse(declaredAt));
    return `Resolved ${when(resolvedAt)} after ${lasted}: ${mrkdwnLine(resolution ?? '', 600)}`;
  }
  if (lastUpdate !== null) return `${when(lastUpdate.at)}: ${mrkdwnLine(lastUpdate.text, 600)}`;
  return `Declared ${when(declaredAt)}`;
}
