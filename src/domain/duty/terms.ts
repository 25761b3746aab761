import { formatClause } from '../spec/clause.ts';
import type { Duty } from '../spec/duty.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { RunTerms } from './events.ts';
import { nextOccurrence, type Occurrence } from './recurrence.ts';
import type { DutyCalendar } from './shift.ts';

type Calendar = Pick<OperationsSpec, 'timezone' | 'holidays' | 'freezes'>;

/** Where and around which days a duty's `when` is read. */
export function rangeOf(duty: Duty, spec: Calendar): { readonly zone: string; readonly calendar: DutyCalendar } {
  const { onHoliday, onFreeze } = duty;
  return {
    zone: spec.timezone,
    calendar: { holidays: spec.holidays, freezes: spec.freezes, onHoliday, onFreeze },
  };
}

/** What is asked with this occurrence, by the spec as it is now. A team without a channel is asked in the operators'. */
export function termsOf(duty: Duty, occurrence: Occurrence, spec: OperationsSpec): RunTerms {
  const { at, local, zone } = occurrence;
  const { announceBefore } = duty;
  return {
    duty: duty.key,
    occurrence: occurrence.key,
    title: duty.title,
    owner: duty.owner,
    channel: spec.teams[duty.owner]?.channel ?? spec.incident.operatorsChannel,
    type: duty.type,
    description: duty.description ?? null,
    announceAt: announceBefore === null ? null : new Date(at.getTime() - announceBefore).toISOString(),
    dueAt: at.toISOString(),
    local,
    zone,
    grace: duty.grace,
    missedAt: missedAt(duty, at, spec)?.toISOString() ?? null,
    checklist: duty.checklist,
    runbook: duty.runbook ?? null,
    evidence: duty.evidence,
    evidenceKinds: duty.evidenceKinds,
    controls: duty.controls,
    clauses: duty.clause.map(formatClause),
    action: duty.run ?? null,
    approval: duty.approval ?? null,
    permission: duty.permission,
  };
}

/** It can be done until its next occurrence falls due, and in any case until its grace is over. */
function missedAt(duty: Duty, at: Date, spec: Calendar): Date | null {
  const next = nextOccurrence(duty.when, { ...rangeOf(duty, spec), after: at });
  return next === undefined ? null : new Date(Math.max(next.at.getTime(), at.getTime() + duty.grace));
}
