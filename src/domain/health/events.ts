import type { ErasureEvent } from '../event.ts';
import type { Severity } from '../incident/severity.ts';
import type { CheckStatus } from './state.ts';

/** Why a check went from one state to another. */
export type ChangeReason =
  /** Its first good answer, or its first good one after nothing could be told. */
  | 'first-good-answer'
  | 'failed-in-a-row'
  /** It failed so often in a short time that each time is no news. */
  | 'fails-again-and-again'
  | 'recovered'
  /** After flapping it kept to one answer long enough. */
  | 'calmed-down'
  | 'stays-failing'
  /** It fails as before, with a worse severity than people know of. */
  | 'got-worse'
  /** It fails as before, with a milder severity; nobody is told anew. */
  | 'eased'
  /** What it depends on is down. */
  | 'held-by-dependency'
  | 'dependency-is-back'
  | 'could-not-tell';

/** Everything that can happen to a check. The subject is its chain `CHK-<key>`; samples are not events. */
export type CheckEvent =
  | {
      kind: 'check.changed';
      from: CheckStatus;
      to: CheckStatus;
      reason: ChangeReason;
      /** The check that holds it; null unless it is held. */
      because: string | null;
      /** What the answer said that decided it. */
      detail: string;
      severity: Severity | null;
      /** The message that tells of it; null when nobody is told anew. */
      group: number | null;
      /** That nothing can be told is told once in a while only; whether it was now. */
      unclearTold: boolean;
      /** The maintenance window that explains it, so that nobody is told before its end; absent outside of all. */
      window?: number;
    }
  /** The window that explained it is over. `group` is the message that tells of it; null when all is well, or it is muted. */
  | { kind: 'check.released'; window: number; group: number | null; unclearTold: boolean }
  /** Nobody is told of it until then. */
  | { kind: 'check.muted'; until: string; reason: string }
  /** `group` is the message that tells what was kept quiet; null when all is well. */
  | { kind: 'check.unmuted'; why: 'asked' | 'expired'; group: number | null; window?: number }
  | { kind: 'permission.refused'; verb: string; reason: string }
  | ErasureEvent;
