import type { Actor } from '../actor.ts';
import type { Attempt } from './attempt.ts';
import type { Evidence, RunTerms, Waiver } from './events.ts';

/**
 * `failed` is the end of a run that Mainstay did and that nobody mended in time. `planned` is before it is due, `due` within its grace, `late` after it; the others are ends. A run that was taken, or
 * that somebody cannot do, stays in its status.
 */
export const RUN_STATUSES = [
  'planned',
  'due',
  'late',
  'done',
  'skipped',
  'missed',
  'failed',
  'waived',
  'satisfied',
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** One occurrence of a duty as the fold of its events. Plain JSON, so a row equals its fold exactly. */
export interface DutyRun extends RunTerms {
  readonly number: number;
  /** Sequence of the last event applied. */
  readonly version: number;
  readonly status: RunStatus;
  readonly plannedAt: string;
  /** When the owner's channel was told beforehand; null when it was not. */
  readonly announcedAt: string | null;
  /** When the team was asked: `dueAt`, or later when Mainstay was not running then. */
  readonly askedAt: string | null;
  /** Slack user id of the person who does it. */
  readonly takenBy: string | null;
  /** Positions in `checklist`, ascending. */
  readonly ticked: readonly number[];
  readonly snooze: { readonly until: string; readonly by: Actor } | null;
  /** The last time somebody said they cannot. */
  readonly cannot: { readonly reason: string; readonly by: Actor; readonly at: string } | null;
  /** Why Mainstay did not do it when it fell due; null when it did, or when that is not its part. */
  readonly notRun: string | null;
  /** What Mainstay last did about it, or is doing; null when it has done nothing. */
  readonly attempt: Attempt | null;
  /** Who agreed to what the preview says; good for this run alone, and for the place of its preview. */
  readonly agreed: { readonly by: Actor; readonly at: string; readonly place?: string } | null;
  /** Who refused it, since the last preview. */
  readonly declined: { readonly by: Actor; readonly at: string; readonly reason: string } | null;
  readonly lateAt: string | null;
  /** Slack users who were told that it is late, missed or cannot be done, in order. */
  readonly told: readonly string[];
  /** When the next contact is told that it is late; null when there is nobody to tell. */
  readonly nextTellAt: string | null;
  /** How it ended; null while it is open. */
  readonly end: RunEnd | null;
  /** When something is to be done about it without anybody asking; null once it has ended. */
  readonly nextLookAt: string | null;
}

export type RunEnd =
  | {
      readonly how: 'done';
      readonly at: string;
      readonly by: Actor;
      readonly late: boolean;
      readonly evidence: readonly Evidence[];
    }
  | { readonly how: 'skipped'; readonly at: string; readonly by: Actor; readonly reason: string }
  | { readonly how: 'missed'; readonly at: string; readonly asked: boolean }
  | { readonly how: 'failed'; readonly at: string; readonly summary: string }
  | ({ readonly how: 'waived'; readonly at: string; readonly of: number | null } & Waiver)
  | { readonly how: 'satisfied'; readonly at: string; readonly duty: string; readonly occurrence: string };

/** The statuses in which a run can still be done. */
export const OPEN_RUN_STATUSES: readonly RunStatus[] = ['planned', 'due', 'late'];

export function isOpenRun(run: Pick<DutyRun, 'status'>): boolean {
  return OPEN_RUN_STATUSES.includes(run.status);
}

/** The first instant at which it no longer counts as done in time. */
export function graceEndsAt(run: Pick<RunTerms, 'dueAt' | 'grace'>): Date {
  return new Date(Date.parse(run.dueAt) + run.grace);
}
