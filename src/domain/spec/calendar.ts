import type { DayOfYear, When } from '../duty/when.ts';
import type { CalendarDate } from '../time/day.ts';
import type { Clause } from './clause.ts';
import type { Milliseconds } from './duration.ts';

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
  /** Keys of services. */
  affects: string[];
  /** Team key. */
  owner?: string;
  /** Channel names without "#", or channel ids. */
  announce: string[];
  /** How long before the start people are told, each time. */
  announceBefore: Milliseconds[];
  clause: Clause[];
  assumed?: string;
}
