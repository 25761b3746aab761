import type { ErasureEvent } from '../event.ts';
import type { Impact, NoteState } from './public-note.ts';
import type { Severity } from './severity.ts';

/** A message somebody put on the timeline with the pushpin, as it was when captured. */
export interface PinnedMessage {
  readonly channel: string;
  readonly ts: string;
  /** Slack user id of the author; null for a message of an app. */
  readonly author: string | null;
  readonly text: string;
  readonly permalink: string;
}

/** Everything that can happen to an incident. The subject is its chain `INC-n`; instants are ISO strings in UTC. */
export type IncidentEvent =
  | {
      kind: 'incident.declared';
      number: number;
      title: string;
      /** What kind of incident: one of the spec's `incident.kinds`; null when nobody said. */
      category: string | null;
      service: string | null;
      description: string;
      /** Channel in which it was declared, for the link back; null when declared from none. */
      origin: string | null;
      /** Channels it is announced in, as the spec writes them. */
      announcedIn: readonly string[];
    }
  | {
      kind: 'incident.severity_set';
      from: Severity | null;
      to: Severity;
      reason: string;
      /** When the next status update is due by the cadence of `to`; null when it asks for none. */
      nextUpdateDueAt: string | null;
      /** Channels it is announced in from now on, beside those it was announced in before. */
      announcedIn: readonly string[];
    }
  | { kind: 'incident.owner_set'; from: string | null; to: string }
  | { kind: 'incident.mitigation_started'; text: string }
  | { kind: 'incident.updated'; text: string; nextUpdateDueAt: string | null }
  | { kind: 'incident.noted'; text: string }
  | { kind: 'incident.message_pinned'; message: PinnedMessage; by: string }
  | { kind: 'incident.message_unpinned'; channel: string; ts: string; by: string }
  | { kind: 'incident.resolved'; summary: string; postmortemDueAt: string | null }
  | { kind: 'incident.reopened'; reason: string; nextUpdateDueAt: string | null }
  | { kind: 'incident.documented'; how: 'published'; link: string | null }
  | { kind: 'incident.documented'; how: 'waived'; reason: string; approver: string }
  | { kind: 'incident.closed' }
  | { kind: 'incident.channel_opened'; channel: string; name: string }
  | { kind: 'incident.update_overdue'; dueAt: string; told: 'owner' | 'channel'; nextCheckAt: string }
  | { kind: 'incident.postmortem_reminded'; dueAt: string; stage: 'half-time' | 'due' | 'overdue' }
  /** Somebody was called about it. `user` is their Slack user id, where they have one. */
  | { kind: 'incident.paged'; page: number; name: string; user: string | null }
  | { kind: 'incident.page_acknowledged'; page: number; user: string | null }
  /** Everybody was called and nobody acknowledged. */
  | { kind: 'incident.page_unanswered'; page: number }
  /** Somebody should have been woken, and there is nobody: the incident names no team, or nobody of the team can be called. */
  | { kind: 'incident.nobody_paged'; reason: 'no-team' | 'nobody-to-call'; team: string | null }
  /** Everybody who has the status page reads it. `title` is what the page calls the incident; empty for a neutral name. */
  | { kind: 'incident.published'; state: NoteState; impact: Impact; title: string; text: string }
  /** `note` is the sequence of its publication. */
  | { kind: 'incident.withdrawn'; note: number; reason: string }
  | { kind: 'permission.refused'; verb: string; reason: string }
  | ErasureEvent;
