import type { Severity } from '../domain/incident/severity.ts';
import type { Check, Measurement } from '../domain/spec/watching.ts';

/**
 * What one look came to. `could-not-tell` when the question could not be asked - no credentials for asking, a program
 * that is missing, a query that makes no sense: that is neither green nor red.
 */
export interface CheckAnswer {
  readonly answer: 'ok' | 'failing' | 'could-not-tell';
  /** One line for people; no secrets. */
  readonly detail: string;
  /** From asking to the whole answer; null where nothing answered. */
  readonly latencyMs: number | null;
  /** The figures that were seen, for thresholds and trends: times in milliseconds, sizes in bytes, shares in percent. */
  readonly figures: Readonly<Record<string, number>>;
  /** Where it is not the check's own: FATAL in a log pages. */
  readonly severity?: Severity;
}

/**
 * Looks once. Never throws. The caller's signal aborts when the check's time-out is over, and then the answer is
 * `failing`; or earlier, when nobody waits for the answer any more.
 */
export type RunCheck = (check: Check | Measurement, signal: AbortSignal) => Promise<CheckAnswer>;

/** What a look leaves for the next look at the same check: where it stopped to read, which certificate it saw. */
export interface CheckMemory {
  /** As JSON gives it back; undefined where nothing was kept. */
  recall(check: string): Promise<unknown>;
  keep(check: string, notes: Readonly<Record<string, unknown>>): Promise<void>;
}
