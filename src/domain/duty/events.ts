import type { ErasureEvent } from '../event.ts';
import type { DutyAction } from '../spec/action.ts';
import type { Approval, EvidenceKind, EvidenceRule, MaintenanceType } from '../spec/duty.ts';
import type { PermissionRule } from '../spec/types.ts';
import type { Attempt, AttemptOutcome, StartReason } from './attempt.ts';

/** What proves that a duty was done: words, an address, or the address of a file in Slack. */
export interface Evidence {
  readonly kind: EvidenceKind;
  readonly value: string;
}

/**
 * What is asked, as the spec had it when the run was planned: a spec that changes later changes no run. Instants are ISO
 * strings in UTC, lengths of time milliseconds.
 */
export interface RunTerms {
  /** Key of the duty. */
  readonly duty: string;
  /** Which occurrence of the duty (`Occurrence.key`): the two together are one run, ever. */
  readonly occurrence: string;
  readonly title: string;
  /** Key of the team that answers for it. */
  readonly owner: string;
  /** Where the team is asked: a channel's name without "#", or its id. */
  readonly channel: string;
  readonly type: MaintenanceType;
  readonly description: string | null;
  /** When the team is told beforehand; null when it is not. */
  readonly announceAt: string | null;
  readonly dueAt: string;
  /** What clocks in `zone` show when it is due: "2026-03-18 10:00". */
  readonly local: string;
  readonly zone: string;
  readonly grace: number;
  /** When its next occurrence falls due and its own grace is over: from then on it is missed. Null when none follows. */
  readonly missedAt: string | null;
  readonly checklist: readonly string[];
  readonly runbook: string | null;
  readonly evidence: EvidenceRule;
  readonly evidenceKinds: readonly EvidenceKind[];
  readonly controls: readonly string[];
  /** As the spec writes them: "004:L128". */
  readonly clauses: readonly string[];
  /** What Mainstay does by itself; null where people do it. */
  readonly action: DutyAction | null;
  /** Who must agree before that is done; null where nobody must. */
  readonly approval: Approval | null;
  /** Who may work on it where the duty has left the spec; absent in runs planned before this was kept. */
  readonly permission?: PermissionRule;
}

/** An exemption that a named person answers for. */
export interface Waiver {
  readonly reason: string;
  /** Slack user id, or the name of a user of the command line. */
  readonly approver: string;
  /** Occurrences due until then are waived too; null for this one alone. */
  readonly until: string | null;
}

/** Why a contact is told: `failed` is late, or over, because what Mainstay did has failed. */
export type EscalationReason = 'late' | 'missed' | 'cannot' | 'failed';

/** Everything that can happen to a run of a duty. The subject is its chain `RUN-n`. */
export type RunEvent =
  | { kind: 'run.planned'; number: number; terms: RunTerms }
  | { kind: 'run.announced' }
  /** The team was asked. */
  | { kind: 'run.due' }
  | { kind: 'run.taken'; from: string | null; by: string }
  /** Positions in the checklist that are ticked now, from 0, ascending. */
  | { kind: 'run.ticked'; items: readonly number[] }
  /** What Mainstay works on is not there: nothing is run, and the team is asked. */
  | { kind: 'run.not-run'; reason: string }
  /** Mainstay is to do it, or to say what it would do; the job is put in the queue with this event. */
  | { kind: 'run.started'; mode: Attempt['mode']; why: StartReason }
  /** An instance began with it. */
  | { kind: 'run.begun' }
  /** `output` is cut and without secrets; `took` is in milliseconds; `place` is a preview's. */
  | { kind: 'run.finished'; outcome: AttemptOutcome; summary: string; output: string; took: number; place?: string }
  /** What the preview says may be done. */
  | { kind: 'run.approved' }
  | { kind: 'run.declined'; reason: string }
  | { kind: 'run.done'; evidence: readonly Evidence[]; late: boolean }
  | { kind: 'run.skipped'; reason: string }
  | { kind: 'run.snoozed'; until: string }
  /** A snooze has ended, and whoever asked for it was told. */
  | { kind: 'run.reminded' }
  /** Whoever had it, or was asked, says that they cannot do it: it is free to be taken. */
  | { kind: 'run.cannot'; reason: string }
  /** The grace is over; `nextTellAt` is when the first contact is told, null when there is none. */
  | { kind: 'run.late'; nextTellAt: string | null }
  /**
   * `told` is the Slack user who was told, null when the spec names nobody any more; nobody else is told before
   * `nextTellAt`, null when nobody is left.
   */
  | { kind: 'run.escalated'; why: EscalationReason; told: string | null; nextTellAt: string | null }
  /** `asked` is false when Mainstay was not running while it could have been done. */
  | { kind: 'run.missed'; asked: boolean }
  /** Its next occurrence falls due, and what Mainstay last did has failed. */
  | { kind: 'run.failed' }
  /** `of` is the run whose waiver covers this one too; null when this one was waived itself. */
  | ({ kind: 'run.waived'; of: number | null } & Waiver)
  /** It is done with another duty's occurrence on the same day, and not asked for by itself. */
  | { kind: 'run.satisfied'; duty: string; occurrence: string }
  | { kind: 'permission.refused'; verb: string; reason: string }
  | ErasureEvent;
