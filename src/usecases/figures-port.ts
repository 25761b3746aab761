import type { Severity } from '../domain/incident/severity.ts';

/** How many durations were at most `le` seconds and more than the one before it; `le` null is all that were longer. */
export interface TimesBucket {
  readonly severity: Severity | 'unrated';
  readonly measure: 'acknowledge' | 'resolve';
  readonly le: number | null;
  readonly count: number;
  /** Of their durations, in seconds. */
  readonly seconds: number;
}

export interface Counted {
  readonly label: string;
  readonly count: number;
}

/** What the database holds now. Every instance reads the same. */
export interface RoomFigures {
  readonly openIncidents: readonly Counted[];
  readonly times: readonly TimesBucket[];
  /** Runs of duties that are due or late. */
  readonly openRuns: readonly Counted[];
  /** Maintenance windows to come and under way. */
  readonly openWindows: readonly Counted[];
  /** Pages by how they stand, all there ever were. */
  readonly pages: readonly Counted[];
  /** Checks that are asked, by how they are. */
  readonly checks: readonly Counted[];
  /** Groups of alerts that fire, by severity. */
  readonly alertGroups: readonly Counted[];
}
