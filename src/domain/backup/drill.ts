import type { Actor } from '../actor.ts';
import type { ErasureEvent } from '../event.ts';
import type { Milliseconds } from '../spec/duration.ts';
import type { DrillResult, DrillVerdict, RungName } from './ladder.ts';
import type { SmokeCheck } from './smoke.ts';

export const OPEN_DRILL_STATUSES = ['requested', 'running'] as const;
type DrillStatus = (typeof OPEN_DRILL_STATUSES)[number] | DrillVerdict;

/** What is to be proven, and what it is held against, as the spec had it when it was asked for. */
interface DrillTerms {
  /** Key of the backup in the spec. */
  readonly backup: string;
  readonly title: string;
  /** The backup that is restored: BK-12, in the folder `id`. */
  readonly of: number;
  readonly id: string;
  /** Of its manifest, as the log has it. */
  readonly manifestSha256: string;
  /** The folder of the one made before it, whose volume it is held against; null for the first. */
  readonly previous: string | null;
  /** Where it is shown: a channel's name without "#", or its id. */
  readonly channel: string;
  /** Which planned time it is for (`Occurrence.key`); null for one that a person asked for. */
  readonly occurrence: string | null;
  readonly offSite: boolean;
  readonly smoke: readonly SmokeCheck[];
  readonly rto: Milliseconds | null;
  readonly rpo: Milliseconds | null;
}

/** Why a drill ended without having looked at anything. */
export type DrillLack = 'no-drill-worker' | 'drill-worker-gone' | 'backup-not-found' | 'copy-not-fetched';

/** Everything that can happen to one drill. The subject is its chain `DRILL-n`. */
export type DrillEvent =
  | { kind: 'drill.requested'; number: number; terms: DrillTerms }
  | { kind: 'drill.began' }
  /** It looks at this now. */
  | { kind: 'drill.reached'; rung: RungName }
  /** The process that made it is gone, or was told to end. */
  | { kind: 'drill.interrupted' }
  | { kind: 'drill.ended'; result: DrillResult }
  /** It could not be made. */
  | { kind: 'drill.not-made'; lack: DrillLack; what: string }
  | { kind: 'permission.refused'; verb: string; reason: string }
  | ErasureEvent;

/** One drill from when it was asked for, as the fold of its events. Plain JSON, so a row equals its fold exactly. */
export interface DrillRun extends DrillTerms {
  readonly number: number;
  /** Sequence of the last event applied. */
  readonly version: number;
  readonly status: DrillStatus;
  readonly requested: { readonly at: string; readonly by: Actor };
  readonly beganAt: string | null;
  /** When it was last heard of. */
  readonly movedAt: string;
  readonly attempts: number;
  /** What it looks at; null before it began. */
  readonly rung: RungName | null;
  readonly endedAt: string | null;
  /** What it showed; null while it is open, and when it could not be made. */
  readonly result: DrillResult | null;
  /** Why it could not be made. */
  readonly lack: { readonly kind: DrillLack; readonly what: string } | null;
}

export function isOpenDrill({ status }: Pick<DrillRun, 'status'>): boolean {
  return OPEN_DRILL_STATUSES.some((open) => open === status);
}
