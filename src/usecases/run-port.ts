import type { RunEvent } from '../domain/duty/events.ts';
import type { DutyPlan } from '../domain/duty/plan.ts';
import type { DutyRun } from '../domain/duty/run.ts';
import type { StoredEvent } from '../domain/event.ts';

/** Which runs are asked for; what is left out does not matter. */
export interface RunFilter {
  /** Those that can still be done, or those that have ended; both unless told. */
  readonly which?: 'open' | 'ended';
  /** Key of a duty. */
  readonly duty?: string;
  /** Keys of teams. */
  readonly owners?: readonly string[];
  /** Slack user id of the person who took it. */
  readonly takenBy?: string;
  /** Due at or after this. */
  readonly from?: Date;
  /** Due before this. */
  readonly before?: Date;
  /** Ended at or after this. */
  readonly endedSince?: Date;
}

/** The runs of duties, as those see them who only look. Throws DatabaseUnavailable as the store does. */
export interface RunReads {
  run(number: number): Promise<DutyRun | null>;
  /** In the order in which they are due, or the latest first. */
  runs(filter: RunFilter, order: 'soonest' | 'latest', limit: number): Promise<DutyRun[]>;
  /** Open runs about which something is to be done at `now`, the longest waiting first. */
  runsToLookAt(now: Date, limit: number): Promise<DutyRun[]>;
  /** Of each of these duties the run that was asked for last; none of a duty that never was. */
  latestRuns(duties: readonly string[]): Promise<DutyRun[]>;
  /** How far each duty is planned, without keeping anybody from planning. */
  plansNow(): Promise<DutyPlan[]>;
  /** What happened to a run, in order, streamed. */
  runEvents(number: number): AsyncIterable<StoredEvent<RunEvent>>;
}
