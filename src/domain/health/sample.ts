import type { Severity } from '../incident/severity.ts';

/** Good, bad, or neither: the question could not be asked. */
export type Answer = 'ok' | 'failing' | 'could-not-tell';

/** One look at a check, as it is remembered. Not an event: only what follows from samples is one. */
export interface Sample {
  /** When it was asked; ISO, UTC. */
  readonly at: string;
  readonly answer: Answer;
  /** One line for people. */
  readonly detail: string;
  /** Milliseconds; null where nothing answered. */
  readonly latencyMs: number | null;
  /** Where it is not the check's own. */
  readonly severity: Severity | null;
}
