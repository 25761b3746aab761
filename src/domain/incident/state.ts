import type { Actor } from '../actor.ts';
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

/** An incident as the fold of its events. Plain JSON: instants are ISO strings in UTC, so a row equals its fold exactly. */
export interface Incident {
  readonly number: number;
  /** Sequence of the last event applied. */
  readonly version: number;
  readonly status: IncidentStatus;
  readonly severity: Severity | null;
  readonly title: string;
  readonly category: string;
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
  readonly nextUpdateDueAt: string | null;
  /** The reminder already sent for the running period: none, the owner, or owner and channel. */
  readonly updateReminder: { readonly dueAt: string; readonly told: 'owner' | 'channel' } | null;
  /** When the next look at an overdue update is worth taking; null while nothing is due. */
  readonly postmortemDueAt: string | null;
  readonly postmortemReminded: 'half-time' | 'due' | 'overdue' | null;
  /** `channel:ts` of messages on the timeline now, so that the second pushpin adds nothing. */
  readonly pinned: readonly string[];
}
