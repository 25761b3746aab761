import type { Actor } from '../actor.ts';
import type { PublicNote } from './public-note.ts';
import type { Severity } from './severity.ts';

/** The incident's life, in order (DESIGN section 6). */
export type IncidentStatus =
  | 'identified'
  | 'assessed'
  | 'assigned'
  | 'mitigating'
  | 'resolved'
  | 'documented'
  | 'closed';

export interface SeveritySpan {
  readonly severity: Severity;
  readonly from: string;
  readonly to: string | null;
}

/** An incident as the fold of its events. Plain JSON: instants are ISO strings in UTC, so a row equals its fold exactly. */
export interface Incident {
  readonly number: number;
  /** Sequence of the last event applied. */
  readonly version: number;
  readonly status: IncidentStatus;
  readonly severity: Severity | null;
  /** Which severity it had from when to when while it was open, in order; `to` is null for the span that still runs. */
  readonly severitySpans: readonly SeveritySpan[];
  readonly title: string;
  /** One of the spec's `incident.kinds`; null when nobody said. */
  readonly category: string | null;
  readonly service: string | null;
  readonly description: string;
  readonly origin: string | null;
  readonly declaredBy: Actor;
  readonly declaredAt: string;
  /** Slack user id of the person who owns it. */
  readonly owner: string | null;
  /** When an owner was first set: the acknowledgement. */
  readonly acknowledgedAt: string | null;
  /** When mitigation first started. */
  readonly mitigatedAt: string | null;
  readonly resolvedAt: string | null;
  readonly resolution: string | null;
  readonly documentedAt: string | null;
  readonly closedAt: string | null;
  readonly channel: { readonly id: string; readonly name: string } | null;
  readonly lastUpdate: { readonly text: string; readonly at: string; readonly by: Actor } | null;
  /** When the next status update is owed; it stays in the past until somebody posts one. */
  readonly nextUpdateDueAt: string | null;
  /** Who was last told that the update due at `dueAt` is missing; nobody is told again before `nextCheckAt`. */
  readonly updateReminder: {
    readonly dueAt: string;
    readonly told: 'owner' | 'channel';
    readonly nextCheckAt: string;
  } | null;
  readonly postmortemDueAt: string | null;
  readonly postmortemReminded: 'half-time' | 'due' | 'overdue' | null;
  /** Messages on the timeline now and whose pushpins hold them there; the last one taken back withdraws the message. */
  readonly pinned: readonly { readonly channel: string; readonly ts: string; readonly by: readonly string[] }[];
  /** Slack users who did anything in this incident or owned it, in order of appearance. */
  readonly responders: readonly string[];
  /** What the status page says of it, in order; withdrawn ones included. */
  readonly publicNotes: readonly PublicNote[];
  /** Channels that hold an announcement, as the spec writes them. */
  readonly announcedIn: readonly string[];
}
