import type { Actor } from '../src/domain/actor.ts';
import type { Severity } from '../src/domain/incident/severity.ts';
import type { Incident, IncidentStatus } from '../src/domain/incident/state.ts';
import { mrkdwnLine } from './escape.ts';

/** One colour for each severity, the same everywhere. */
export const SEVERITY_EMOJI: Record<Severity, string> = {
  SEV1: ':red_circle:',
  SEV2: ':large_orange_circle:',
  SEV3: ':large_yellow_circle:',
  SEV4: ':large_blue_circle:',
};

export const STATUS_WORD: Record<IncidentStatus, string> = {
  identified: 'Identified',
  assessed: 'Assessed',
  assigned: 'Assigned',
  mitigating: 'Mitigating',
  resolved: 'Resolved',
  documented: 'Documented',
  closed: 'Closed',
};

/** The colour of an incident in a list: its severity while somebody works on it, a tick once it is over. */
export function incidentEmoji(incident: Pick<Incident, 'severity' | 'resolvedAt'>): string {
  if (incident.resolvedAt !== null) return ':white_check_mark:';
  return incident.severity === null ? ':white_circle:' : SEVERITY_EMOJI[incident.severity];
}

/** Who did it, so that Slack shows a name where there is one. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'slack':
      return `<@${actor.user}>`;
    case 'cli':
      return `${mrkdwnLine(actor.user, 80)} (command line)`;
    case 'system':
      return 'Mainstay';
    case 'webhook':
      return mrkdwnLine(actor.source, 80);
  }
}

export function userName(user: string): string {
  return `<@${user}>`;
}

/** An instant in each reader's own zone: "Today 14:05"; the fallback is UTC. */
export function when(instant: string | Date): string {
  const date = new Date(instant);
  const fallback = `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(date.getTime() / 1000)}^{date_short_pretty} {time}|${fallback}>`;
}
