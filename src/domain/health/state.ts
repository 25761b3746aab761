import type { Actor } from '../actor.ts';
import type { Severity } from '../incident/severity.ts';
import type { ChangeReason } from './events.ts';

/** `held`: it fails, and so does what it depends on, which is what people are told of. */
export type CheckStatus = 'unknown' | 'ok' | 'failing' | 'flapping' | 'held';

/** A check as the fold of its events. Plain JSON, so a row equals its fold exactly. */
export interface CheckState {
  readonly key: string;
  /** Sequence of the last event applied; 0 before the first. */
  readonly version: number;
  readonly status: CheckStatus;
  /** Since when; null before the first event. */
  readonly since: string | null;
  readonly reason: ChangeReason | null;
  /** The check that holds it. */
  readonly because: string | null;
  /** Of the answer that decided the status, where it is not the check's own. */
  readonly severity: Severity | null;
  /** When it last became failing, oldest first; as many as flapping asks for. */
  readonly failures: readonly string[];
  readonly mute: Mute | null;
  /** The message that tells, or last told, of its failing. */
  readonly group: number | null;
  /** When people were last told that nothing can be told. */
  readonly unclearToldAt: string | null;
  /** The maintenance window in which it changed, of which nobody was told yet; null otherwise. */
  readonly window: number | null;
  /** The window after whose end people were told that it fails, while it does. */
  readonly after: number | null;
}

interface Mute {
  readonly until: string;
  readonly reason: string;
  readonly by: Actor;
  readonly at: string;
}

/** A check about which nothing is known. */
export function unknownCheck(key: string): CheckState {
  return {
    key,
    version: 0,
    status: 'unknown',
    since: null,
    reason: null,
    because: null,
    severity: null,
    failures: [],
    mute: null,
    group: null,
    unclearToldAt: null,
    window: null,
    after: null,
  };
}

/** Failing, whether or not that is still news. */
export function isDown({ status }: Pick<CheckState, 'status'>): boolean {
  return status === 'failing' || status === 'flapping';
}
