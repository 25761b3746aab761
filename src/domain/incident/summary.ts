import type { Actor } from '../actor.ts';
import type { ResolutionSummary } from '../delivery.ts';
import { SEVERITIES, type Severity } from './severity.ts';
import type { Incident, SeveritySpan } from './state.ts';

/** What a just resolved incident looked like, for people who were not there. */
export function summaryOf(incident: Incident, resolvedBy: Actor, resolvedAt: Date): ResolutionSummary {
  const since = (from: string | null) => (from === null ? null : Date.parse(from) - Date.parse(incident.declaredAt));
  return {
    number: incident.number,
    title: incident.title,
    severity: incident.severity,
    service: incident.service,
    owner: incident.owner,
    resolvedBy,
    resolution: incident.resolution ?? '',
    declaredAt: incident.declaredAt,
    resolvedAt: resolvedAt.toISOString(),
    timeToAcknowledge: since(incident.acknowledgedAt),
    timeToMitigate: since(incident.mitigatedAt),
    timeToResolve: resolvedAt.getTime() - Date.parse(incident.declaredAt),
    severityMinutes: minutesAtEach(incident.severitySpans, resolvedAt),
    responders: incident.responders,
    postmortemDueAt: incident.postmortemDueAt,
    channel: incident.channel?.id ?? null,
  };
}

export interface SeverityMinutes {
  readonly severity: Severity;
  readonly minutes: number;
}

/** Whole minutes at each severity it ever had, worst first; a span that still runs counts until `until`. */
export function minutesAtEach(spans: readonly SeveritySpan[], until: Date): SeverityMinutes[] {
  return SEVERITIES.flatMap((severity) => {
    const own = spans.filter((span) => span.severity === severity);
    if (own.length === 0) return [];
    const ms = own.reduce(
      (sum, { from, to }) => sum + (to === null ? until.getTime() : Date.parse(to)) - Date.parse(from),
      0,
    );
    return [{ severity, minutes: Math.round(ms / 60_000) }];
  });
}
