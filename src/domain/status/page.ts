import type { Impact, NoteState } from '../incident/public-note.ts';

/** How a service is for those who use it. */
export type ServiceState = 'operational' | 'maintenance' | 'unknown' | 'degraded' | 'outage';

/**
 * All that the status page says. It holds nothing but what was written for everybody: no key, title, name, severity or
 * detail of the inside has a place in it. Instants are ISO strings in UTC.
 */
export interface StatusPage {
  readonly title: string;
  readonly description: string | null;
  readonly support: string | null;
  readonly state: ServiceState;
  readonly headline: string;
  /** IANA zone of the days. */
  readonly zone: string;
  /** In the order of the spec. */
  readonly services: readonly ServiceOnPage[];
  /** Those that go on, the latest first. */
  readonly incidents: readonly IncidentOnPage[];
  /** Under way and announced, the first to begin first. */
  readonly maintenance: readonly WindowOnPage[];
  /** Incidents that are over, the latest first. */
  readonly history: readonly IncidentOnPage[];
}

export interface ServiceOnPage {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly state: ServiceState;
  /** The last ninety days, the oldest first, today included; none when their figures are not known. */
  readonly days: readonly DayOnPage[];
  /** Share of the known time of these days in which it was up, from 0 to 1; null when nothing is known. */
  readonly available: number | null;
}

/** `up`: nothing failed; `brief`: a little; `down`: more than that; `maintenance`: nothing else; `unknown`: nothing was measured. */
export type DayMark = 'up' | 'brief' | 'down' | 'maintenance' | 'unknown';

export interface DayOnPage {
  /** YYYY-MM-DD, in the zone of the page. */
  readonly day: string;
  readonly mark: DayMark;
  /** Share of the known time in which it was up, from 0 to 1; null when nothing is known. */
  readonly up: number | null;
  /** How long it was down, and how long in announced maintenance; in milliseconds. */
  readonly downMs: number;
  readonly maintenanceMs: number;
}

export interface IncidentOnPage {
  /** Stays the same for the incident's life, and says nothing of its number. */
  readonly id: string;
  readonly title: string;
  /** Public names. */
  readonly services: readonly string[];
  readonly state: NoteState;
  readonly impact: Impact;
  readonly startedAt: string;
  readonly resolvedAt: string | null;
  /** The latest first. */
  readonly updates: readonly UpdateOnPage[];
}

export interface UpdateOnPage {
  readonly state: NoteState;
  readonly text: string;
  readonly at: string;
}

export interface WindowOnPage {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly services: readonly string[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly underWay: boolean;
  /** It goes on beyond its planned end. */
  readonly overran: boolean;
}
