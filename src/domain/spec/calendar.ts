import type { DayOfYear, When } from '../duty/when.ts';
import type { CalendarDate } from '../time/day.ts';
import type { Clause } from './clause.ts';
import type { Milliseconds } from './duration.ts';
import type { PermissionRule } from './types.ts';

/**
 * What happens to an occurrence that falls on a holiday or in a freeze: it stays, is left out, or moves to the nearest
 * day before or after, from Monday to Friday, that is neither.
 */
export const DAY_SHIFTS = ['keep', 'skip', 'before', 'after'] as const;
export type DayShift = (typeof DAY_SHIFTS)[number];

/** A day on which nobody is expected to work: of one year, or of every year. */
export interface Holiday {
  name: string;
  on: CalendarDate | DayOfYear;
}

/** Days on which nothing is changed, both included, in the spec's zone. */
export interface Freeze {
  name: string;
  from: CalendarDate;
  to: CalendarDate;
  reason?: string;
}

/** Work on systems that people are told about beforehand, and whose downtime does not count against the SLA. */
export interface RecurringWindow {
  key: string;
  title: string;
  /** Null for one that is used as needed and has no calendar of its own. */
  when: When | null;
  /** How long it lasts; null where that is not known before. */
  duration: Milliseconds | null;
  /** How long such work usually takes: planning for longer is warned of. */
  typical?: Milliseconds;
  description?: string;
  /** How what was done is taken back. */
  rollback?: string;
  checklist: string[];
  /** Labels of the alerts it explains. */
  labels: Record<string, string>;
  /** What the status page says of it; a neutral sentence where it is left out. */
  public?: string;
  /** Who must agree before it begins; absent where nobody need. */
  approval?: PermissionRule;
  /** One that is planned with less notice than this says why. */
  notice: Milliseconds;
  /** Keys of services. */
  affects: string[];
  /** Team key. */
  owner?: string;
  /** Channel names without "#", or channel ids. */
  announce: string[];
  /** How long before the start people are told, each time; null for the usual times. */
  announceBefore: Milliseconds[] | null;
  clause: Clause[];
  assumed?: string;
}
