import { incidentSubject } from '../event.ts';
import { SEVERITIES } from '../incident/severity.ts';
import type { Incident } from '../incident/state.ts';
import type { DigestFacts } from './facts.ts';
import { counted, type DigestSection, LINE } from './section.ts';

/** Incidents that somebody works on, the severest first, then the oldest; an unrated one may be anything and comes first. */
export function incidentsSection({ incidents, now }: DigestFacts): DigestSection {
  const open = incidents.open.toSorted((a, b) => weight(a) - weight(b) || a.number - b.number);
  return {
    name: 'incidents',
    title: 'Open incidents',
    sum: counted(open.length, 'open incident'),
    lines: open.map((incident) => ({
      ...LINE,
      mark: incident.severity ?? 'unrated',
      subject: incidentSubject(incident.number),
      title: incident.title,
      said: saidOf(incident, now),
      at: incident.declaredAt,
      who: incident.owner,
      channel: incident.channel?.id ?? null,
    })),
    left: 0,
    more: '/incident list',
    green: open.length === 0 ? 'no open incident' : null,
  };
}

function saidOf({ status, nextUpdateDueAt }: Incident, now: Date): string {
  const overdue = nextUpdateDueAt !== null && Date.parse(nextUpdateDueAt) <= now.getTime();
  return `${status}${overdue ? ', owes an update' : ''}, since`;
}

function weight({ severity }: Pick<Incident, 'severity'>): number {
  return severity === null ? -1 : SEVERITIES.indexOf(severity);
}
