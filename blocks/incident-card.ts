import type { KnownBlock } from '@slack/types';
import { NOTE_WORD, visibleNotes } from '../src/domain/incident/public-note.ts';
import type { Incident } from '../src/domain/incident/state.ts';
import { isOpen } from '../src/domain/incident/transitions.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import { context, fields, header, type Rendered, section } from './elements.ts';
import { link, mrkdwn, mrkdwnLine, plainLine } from './escape.ts';
import { incidentButtons } from './incident-buttons.ts';
import { actorName, SEVERITY_EMOJI, STATUS_WORD, userName, when } from './words.ts';

/** `INC-1 Checkout is down`, for a header, which knows no markup. */
export function incidentHeading(incident: Pick<Incident, 'number' | 'title'>): string {
  return plainLine(`INC-${incident.number} ${incident.title}`, 150);
}

/** The same as mrkdwn. Not made of the heading: what is left of markup there must not be read as markup again. */
export function incidentName(incident: Pick<Incident, 'number' | 'title'>): string {
  return mrkdwnLine(`INC-${incident.number} ${incident.title}`, 300);
}

/** The card that is pinned in the incident's channel and edited in place for the incident's life: one screen. */
export function incidentCard(incident: Incident, spec: OperationsSpec): Rendered {
  const blocks: KnownBlock[] = [header(incidentHeading(incident)), fields(factsOf(incident, spec))];
  if (incident.resolution !== null) blocks.push(section(`*Resolution*\n${mrkdwn(incident.resolution, 1000)}`));
  else if (incident.lastUpdate !== null) blocks.push(section(lastUpdateOf(incident.lastUpdate)));
  else if (incident.description !== '') blocks.push(section(mrkdwn(incident.description, 600)));
  blocks.push(incidentButtons(incident, spec), context(footOf(incident, spec)));
  return { text: `${incidentName(incident)}: ${STATUS_WORD[incident.status]}`, blocks };
}

function factsOf(incident: Incident, spec: OperationsSpec): string[] {
  const facts = [
    `*Severity*\n${severityFact(incident, spec)}`,
    `*Status*\n${STATUS_WORD[incident.status]}`,
    `*Owner*\n${ownerFact(incident, spec)}`,
    `*Service*\n${incident.service === null ? '–' : mrkdwnLine(serviceName(incident.service, spec), 200)}`,
  ];
  if (isOpen(incident)) {
    if (incident.nextUpdateDueAt !== null)
      facts.push(`*Next update*\n${updateFact(incident, incident.nextUpdateDueAt)}`);
    return [...facts, `*Declared*\n${when(incident.declaredAt)}`];
  }
  if (incident.resolvedAt !== null) {
    const lasted = Date.parse(incident.resolvedAt) - Date.parse(incident.declaredAt);
    facts.push(`*Resolved*\n${when(incident.resolvedAt)}, after ${durationWords(lasted)}`);
  }
  facts.push(`*Post-mortem*\n${postmortemFact(incident)}`);
  return facts;
}

function severityFact({ severity }: Incident, spec: OperationsSpec): string {
  if (severity === null) return ':white_circle: not set yet';
  return `${SEVERITY_EMOJI[severity]} ${severity} · ${mrkdwnLine(spec.severities[severity].meaning, 200)}`;
}

function ownerFact({ owner, severity, declaredAt, status }: Incident, spec: OperationsSpec): string {
  if (owner !== null) return userName(owner);
  if (severity === null || status !== 'assessed') return 'nobody yet';
  const expected = Date.parse(declaredAt) + spec.severities[severity].responseTime;
  return `nobody yet, expected by ${when(new Date(expected))}`;
}

function updateFact({ updateReminder }: Incident, dueAt: string): string {
  return updateReminder === null ? `due ${when(dueAt)}` : `:warning: overdue since ${when(dueAt)}`;
}

function postmortemFact({ documentedAt, postmortemDueAt }: Incident): string {
  if (documentedAt !== null) return `settled ${when(documentedAt)}`;
  return postmortemDueAt === null ? 'not needed' : `due ${when(postmortemDueAt)}`;
}

function lastUpdateOf({ text, at, by }: NonNullable<Incident['lastUpdate']>): string {
  return `*Last update* by ${actorName(by)}, ${when(at)}\n${mrkdwn(text, 1000)}`;
}

function footOf(incident: Incident, spec: OperationsSpec): string {
  const service = incident.service === null ? undefined : spec.services[incident.service];
  const parts = [`Declared by ${actorName(incident.declaredBy)}`];
  const note = visibleNotes(incident).at(-1);
  if (note !== undefined) parts.push(`:globe_with_meridians: Public: ${NOTE_WORD[note.state]}`);
  if (incident.category !== null) parts.push(mrkdwnLine(incident.category, 100));
  if (incident.channel !== null) parts.push(`<#${incident.channel.id}>`);
  if (service?.runbook !== undefined) parts.push(link(service.runbook, 'Runbook'));
  if (service?.dashboard !== undefined) parts.push(link(service.dashboard, 'Dashboard'));
  return parts.join('  ·  ');
}

/** The name people know a service by; the key itself when a later spec no longer has it. */
export function serviceName(key: string, spec: Pick<OperationsSpec, 'services'>): string {
  return spec.services[key]?.name ?? key;
}
