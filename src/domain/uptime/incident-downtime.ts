import type { Severity } from '../incident/severity.ts';
import type { Incident } from '../incident/state.ts';
import { intersection, type Stretch } from './stretch.ts';

/** An incident of a service: when somebody worked on it, and when it means that the service was down. */
export interface IncidentDowntime {
  /** Number of the incident. */
  readonly incident: number;
  readonly title: string;
  readonly open: readonly Stretch[];
  readonly down: readonly Stretch[];
}

/** An incident with each time it was resolved and reopened, in order; ISO. Its state has only the last. */
export interface RecordedIncident {
  readonly incident: Incident;
  readonly turns: readonly { readonly at: string; readonly kind: 'incident.resolved' | 'incident.reopened' }[];
}

/**
 * When a service was down because people said so: while an incident of it was open and had one of these severities, whatever
 * the checks answered. The first severity holds from the declaration on, because it says what was so already; one that
 * is changed later from then on. Between its end and its being reopened it was over.
 */
export function incidentDowntime(
  { incident, turns }: RecordedIncident,
  severities: readonly Severity[],
  now: Date,
): IncidentDowntime {
  const { number, title, declaredAt, severitySpans } = incident;
  const rated = severitySpans.flatMap(({ severity, from, to }, index) =>
    severities.includes(severity) ? [{ from: index === 0 ? declaredAt : from, to }] : [],
  );
  const open = openOf(declaredAt, turns, now);
  return {
    incident: number,
    title,
    open,
    down: intersection(
      open,
      rated.map(({ from, to }) => ({ from: Date.parse(from), to: to === null ? now.getTime() : Date.parse(to) })),
    ),
  };
}

function openOf(declaredAt: string, turns: RecordedIncident['turns'], now: Date): Stretch[] {
  const open: Stretch[] = [];
  let from: number | null = Date.parse(declaredAt);
  for (const { at, kind } of turns) {
    if (kind === 'incident.resolved' && from !== null) open.push({ from, to: Date.parse(at) });
    from = kind === 'incident.resolved' ? null : Date.parse(at);
  }
  return from === null ? open : [...open, { from, to: Math.max(from, now.getTime()) }];
}
