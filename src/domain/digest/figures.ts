import { completionOf, completionRate, type Tally } from '../duty/report.ts';
import type { DutyRun } from '../duty/run.ts';
import { SEVERITIES, type Severity } from '../incident/severity.ts';
import type { Incident } from '../incident/state.ts';

/** What came of the incidents that were declared in a stretch of time. Lengths of time in milliseconds, on average. */
export interface IncidentFigures {
  readonly total: number;
  /** By severity as it is now; `unrated` for those without. */
  readonly bySeverity: Readonly<Record<Severity | 'unrated', number>>;
  /** From declared to an owner named; null when none was. */
  readonly acknowledgedIn: number | null;
  /** From declared to resolved; null when none is. */
  readonly resolvedIn: number | null;
}

/** A period in figures. */
export interface Figures {
  readonly duties: Tally;
  /** From 0 to 1; null when nothing was to be done. */
  readonly rate: number | null;
  readonly incidents: IncidentFigures;
}

interface Stretch {
  readonly from: Date;
  readonly before: Date;
}

/**
 * @param runs of all teams: a run may be done with one of another team's
 * @param owner whose are counted; null for all
 */
export function figuresOf(
  { from, before }: Stretch,
  { runs, incidents }: { readonly runs: readonly DutyRun[]; readonly incidents: readonly Incident[] },
  owner: string | null,
): Figures {
  const isIn = (instant: string) => Date.parse(instant) >= from.getTime() && Date.parse(instant) < before.getTime();
  const { all: duties } = completionOf(
    runs.filter(({ dueAt }) => isIn(dueAt)),
    owner,
  );
  return {
    duties,
    rate: completionRate(duties),
    incidents: incidentFigures(incidents.filter(({ declaredAt }) => isIn(declaredAt))),
  };
}

function incidentFigures(incidents: readonly Incident[]): IncidentFigures {
  const count = (severity: Severity | null) => incidents.filter((one) => one.severity === severity).length;
  const severities = SEVERITIES.map((severity) => [severity, count(severity)] as const);
  return {
    total: incidents.length,
    bySeverity: {
      ...(Object.fromEntries(severities) as Record<Severity, number>),
      unrated: count(null),
    },
    acknowledgedIn: mean(incidents.map(({ declaredAt, acknowledgedAt }) => between(declaredAt, acknowledgedAt))),
    resolvedIn: mean(incidents.map(({ declaredAt, resolvedAt }) => between(declaredAt, resolvedAt))),
  };
}

function between(from: string, to: string | null): number | null {
  return to === null ? null : Date.parse(to) - Date.parse(from);
}

function mean(all: readonly (number | null)[]): number | null {
  const known = all.filter((length) => length !== null);
  return known.length === 0 ? null : known.reduce((sum, length) => sum + length, 0) / known.length;
}
