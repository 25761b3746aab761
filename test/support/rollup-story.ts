import { periodOf } from '../../src/domain/digest/period.ts';
import { rollup as lookBack, type Rollup } from '../../src/domain/digest/rollup.ts';
import type { DutyRun, RunStatus } from '../../src/domain/duty/run.ts';
import type { Incident } from '../../src/domain/incident/state.ts';
import { dayOf } from '../../src/domain/time/day.ts';
import { aDuty, specWith } from './duty-spec.ts';
import { incidentOf, storyAt } from './incident-story.ts';
import { runAt } from './run-story.ts';

/** A run that fell due on this day at nine and came out so. */
export function ran(day: string, status: RunStatus, more: Partial<DutyRun> = {}): DutyRun {
  return { ...runAt(status).run, dueAt: `${day}T08:00:00.000Z`, occurrence: `${day}T09:00`, ...more };
}

/** An incident of this day, which had an owner after ten minutes and was over after so many. */
export function happened(day: string, minutes: number, more: Partial<Incident> = {}): Incident {
  const declaredAt = `${day}T12:00:00.000Z`;
  const after = (count: number) => new Date(Date.parse(declaredAt) + count * 60_000).toISOString();
  return {
    ...incidentOf(storyAt('resolved')),
    declaredAt,
    acknowledgedAt: after(10),
    resolvedAt: after(minutes),
    ...more,
  };
}

/** Week 12 of 2026 of the database team, or of everybody; said on Friday, or on Monday when it is over. */
export function weekBack(
  known: { readonly runs?: readonly DutyRun[]; readonly incidents?: readonly Incident[] },
  of: { readonly team?: string | null; readonly dueAt?: string; readonly late?: boolean } = {},
): Rollup {
  const { team = 'dba', dueAt = '2026-03-23T08:00:00Z', late = false } = of;
  const period = periodOf('week', dayOf('2026-03-18'), 'Europe/Paris');
  const { runs = [], incidents = [] } = known;
  return lookBack({ team, period, dueAt: new Date(dueAt), late }, { runs, incidents }, specWith(aDuty()));
}
