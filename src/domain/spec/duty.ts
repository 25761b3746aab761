import type { When } from '../duty/when.ts';
import type { DutyAction } from './action.ts';
import type { DayShift } from './calendar.ts';
import type { Clause } from './clause.ts';
import type { Milliseconds } from './duration.ts';
import type { PermissionRule } from './types.ts';

/** The four kinds of maintenance: mending, following changes around, bettering, preventing. */
export const MAINTENANCE_TYPES = ['corrective', 'adaptive', 'perfective', 'preventive'] as const;
export type MaintenanceType = (typeof MAINTENANCE_TYPES)[number];

export const EVIDENCE_RULES = ['required', 'optional', 'none'] as const;
export type EvidenceRule = (typeof EVIDENCE_RULES)[number];

export const EVIDENCE_KINDS = ['text', 'link', 'file'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** Somebody must agree before the action runs. */
export interface Approval {
  /** Every time, or the first time only. */
  of: 'every run' | 'first run';
  by: PermissionRule;
}

/** One thing the spec promises, again and again. */
export interface Duty {
  key: string;
  title: string;
  when: When;
  /** Team key. */
  owner: string;
  type: MaintenanceType;
  description?: string;
  /** How long after it is due it still counts as done in time; 0 where the spec grants none. */
  grace: Milliseconds;
  /** How long before it is due the owner's channel is told; null for not at all. */
  announceBefore: Milliseconds | null;
  checklist: string[];
  runbook?: string;
  /** Absent where a person does it. */
  run?: DutyAction;
  evidence: EvidenceRule;
  evidenceKinds: EvidenceKind[];
  /** Controls of a standard it serves, as auditors write them. */
  controls: string[];
  clause: Clause[];
  /** Keys of duties that are done with it when both fall due on one day. */
  satisfies: string[];
  onHoliday: DayShift;
  onFreeze: DayShift;
  approval?: Approval;
  /** Who may take it, finish it or have it run. */
  permission: PermissionRule;
  /** What was chosen where the source document is silent. */
  assumed?: string;
}
