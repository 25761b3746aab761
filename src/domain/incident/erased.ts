import type { StoredEvent } from '../event.ts';
import type { IncidentEvent } from './events.ts';

/** What stands in the place of words that were erased by law. */
const ERASED = '[erased]';

/**
 * What is still known of an event whose body was erased. Its kind and its time are in the chain, so the incident's life
 * keeps its shape; what only the body said is lost. Null when nothing is left to tell.
 */
export function remainsOf(event: StoredEvent<IncidentEvent>): IncidentEvent | null {
  switch (event.kind) {
    case 'incident.declared':
      return {
        kind: event.kind,
        number: Number(event.subject.replace('INC-', '')),
        title: ERASED,
        category: null,
        service: null,
        description: '',
        origin: null,
        announcedIn: [],
      };
    case 'incident.mitigation_started':
    case 'incident.noted':
      return { kind: event.kind, text: ERASED };
    case 'incident.updated':
      return { kind: event.kind, text: ERASED, nextUpdateDueAt: null };
    case 'incident.resolved':
      return { kind: event.kind, summary: ERASED, postmortemDueAt: null };
    case 'incident.reopened':
      return { kind: event.kind, reason: ERASED, nextUpdateDueAt: null };
    case 'incident.documented':
      return { kind: event.kind, how: 'published', link: null };
    // Without words a note is no longer shown, and still parts what came before from what came after.
    case 'incident.published':
      return { kind: event.kind, state: 'investigating', impact: 'none', title: '', text: '' };
    case 'incident.closed':
      return { kind: event.kind };
    default:
      return null;
  }
}
