import type { Actor } from '../actor.ts';
import type { Milliseconds } from '../spec/duration.ts';
import type { PermissionRule } from '../spec/types.ts';
import type { WindowReport, WindowTerms } from './events.ts';
import type { Aftermath, Quiet, SilenceThere } from './quiet.ts';

/** `planned` until people were told of it; `ended` and `cancelled` are ends. */
export const WINDOW_STATUSES = ['planned', 'announced', 'started', 'ended', 'cancelled'] as const;
export type WindowStatus = (typeof WINDOW_STATUSES)[number];

/** The statuses in which it is still to come or under way. */
export const OPEN_WINDOW_STATUSES: readonly WindowStatus[] = ['planned', 'announced', 'started'];

interface Done {
  readonly at: string;
  readonly by: Actor;
}

/** A maintenance window as the fold of its events. Plain JSON, so a row equals its fold exactly. */
export interface MaintenanceWindow extends WindowTerms {
  readonly number: number;
  /** Sequence of the last event applied. */
  readonly version: number;
  readonly status: WindowStatus;
  readonly planned: Done;
  readonly approved: Done | null;
  /** When its channel was told that it waits for approval though its time has come. */
  readonly unapprovedAt: string | null;
  /** When people were first told; null when they were not. */
  readonly announcedAt: string | null;
  /** The lengths of `announceBefore` that were told or overtaken. */
  readonly told: readonly Milliseconds[];
  readonly started: Done | null;
  readonly extended: readonly (Done & { readonly from: string; readonly to: string; readonly reason: string })[];
  /** Told since `endsAt` was last set. */
  readonly endingToldAt: string | null;
  readonly overranAt: string | null;
  /** When it is said again that it is over its time; null when it is not. */
  readonly overrunAgainAt: string | null;
  readonly ended: (Done & { readonly overrun: Milliseconds }) | null;
  /** When its owner was asked what was done: at its end, or later when Mainstay was not running then. */
  readonly askedAt: string | null;
  readonly cancelled: (Done & { readonly reason: string; readonly lapsed: boolean }) | null;
  readonly report: (Done & WindowReport) | null;
  readonly remindedAt: string | null;
  /** What is silenced for it in each Alertmanager, by the target's key. */
  readonly silences: Readonly<Record<string, SilenceThere>>;
  /** What failed within it, of which nobody was told. */
  readonly quiet: Quiet;
  /** What was found when it was over; null before that. */
  readonly aftermath: (Aftermath & { readonly at: string }) | null;
  /** When something is to be done about it without anybody asking; null when nothing is. */
  readonly nextLookAt: string | null;
}

/** Half-open: the instant at which it ends is no longer in it. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

export function isOpenWindow({ status }: Pick<MaintenanceWindow, 'status'>): boolean {
  return OPEN_WINDOW_STATUSES.includes(status);
}

/** May it begin? */
export function isApproved({ approvers, approved }: Pick<MaintenanceWindow, 'approvers' | 'approved'>): boolean {
  return approvers === null || approved !== null;
}

/** Whom all of these let in may agree to it; none where nobody need. */
export function approvalRules({ approvers }: Pick<MaintenanceWindow, 'approvers'>): readonly PermissionRule[] {
  if (approvers === null) return [];
  return approvers !== 'everyone' && 'all' in approvers ? approvers.all : [approvers];
}

/** It ended, and nobody has said what was done. */
export function owesReport({ status, report }: Pick<MaintenanceWindow, 'status' | 'report'>): boolean {
  return status === 'ended' && report === null;
}
