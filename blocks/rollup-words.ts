import type { IncidentFigures } from '../src/domain/digest/figures.ts';
import type { Tally } from '../src/domain/duty/report.ts';
import { SEVERITIES } from '../src/domain/incident/severity.ts';

/** "3 incidents (1 SEV1, 2 SEV3)" */
export function incidentCounts({ total, bySeverity }: IncidentFigures): string {
  if (total === 0) return 'no incident';
  const parts = [...SEVERITIES, 'unrated' as const]
    .filter((severity) => bySeverity[severity] > 0)
    .map((severity) => `${bySeverity[severity]} ${severity}`);
  return `${total} ${total === 1 ? 'incident' : 'incidents'} (${parts.join(', ')})`;
}

/** What is said of each outcome, in this order; those that did not happen are left out. */
const OUTCOMES: readonly (readonly [Exclude<keyof Tally, 'total'>, string])[] = [
  ['missed', 'missed'],
  ['missedUnasked', 'missed while Mainstay was not running'],
  ['failed', 'failed'],
  ['openLate', 'late and open'],
  ['doneLate', 'done late'],
  ['done', 'done in time'],
  ['skipped', 'skipped'],
  ['waived', 'waived'],
  ['open', 'still open'],
];

/** "2 missed, 1 done late, 11 done in time": the worst first. */
export function tallyWords(tally: Tally): string {
  const said = OUTCOMES.filter(([outcome]) => tally[outcome] > 0).map(([outcome, word]) => `${tally[outcome]} ${word}`);
  return said.length === 0 ? 'nothing fell due' : said.join(', ');
}

/** "86 %", or "-" when nothing was to be done. */
export function percent(rate: number | null): string {
  return rate === null ? '-' : `${Math.round(rate * 100)} %`;
}
