import type { RecordedIncident } from '../domain/uptime/incident-downtime.ts';
import type { Answered } from '../domain/uptime/standing.ts';
import type { Stretch } from '../domain/uptime/stretch.ts';
import type { WarningKey } from '../domain/uptime/warning.ts';
import type { MaintenanceWindow } from '../domain/window/window.ts';

/** What uptime is reckoned from. Throws DatabaseUnavailable as the store does. */
export interface UptimeStore {
  /**
   * What these checks answered in some of this time, in order, with the same answers in a row as one. An answer stands
   * until the next; when that does not come within two intervals of the check, for one interval, and what follows is unknown.
   */
  answers(keys: readonly string[], within: Stretch, now: Date): Promise<Answered[]>;
  /** Keeps what was answered up to a day ago for as long as uptime is asked for; single answers are deleted after a month. */
  keepAnswers(now: Date): Promise<void>;
  /** Incidents of these services that may have been open in some of this time. */
  incidentsOf(services: readonly string[], within: Stretch): Promise<RecordedIncident[]>;
  /** What was told of budgets and still stands. */
  warnings(): Promise<WarningKey[]>;
  /** Windows over these services that began, and were under way in some of this time. */
  windowsOf(services: readonly string[], within: Stretch): Promise<MaintenanceWindow[]>;
}

/** What a transaction knows of warnings. */
export interface UptimeTx {
  /** Takes these warnings: gives back those that nobody took before, who then tells of them. */
  takeWarnings(warnings: readonly WarningKey[], now: Date): Promise<WarningKey[]>;
  /** They stand no longer: whoever finds them again tells again. */
  dropWarnings(warnings: readonly WarningKey[]): Promise<void>;
}
