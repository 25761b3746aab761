import type { StoredEvent } from '../event.ts';
import type { WindowEvent } from './events.ts';

/** What stands in the place of words that were erased by law. */
const ERASED = '[erased]';
/** Long before anything was announced. */
const UNKNOWN_TIME = '1970-01-01T00:00:00.000Z';

/**
 * What is still known of an event whose body was erased. Its kind and its time are in the chain, so the window's life keeps
 * its shape; what only the body said is lost. Null when nothing is left to tell.
 */
export function remainsOf(event: StoredEvent<WindowEvent>): WindowEvent | null {
  switch (event.kind) {
    case 'window.planned':
      return {
        kind: event.kind,
        number: Number(event.subject.replace('WIN-', '')),
        terms: {
          window: ERASED,
          // Two windows whose terms are erased are still two.
          occurrence: event.subject,
          title: ERASED,
          reason: ERASED,
          risk: '',
          rollback: '',
          checklist: [],
          lead: null,
          owner: null,
          channel: ERASED,
          services: [],
          labels: {},
          startsAt: UNKNOWN_TIME,
          endsAt: UNKNOWN_TIME,
          announceIn: [],
          announceBefore: [],
          endingBefore: null,
          approvers: null,
          typical: null,
          shortNotice: '',
          overlaps: [],
          clauses: [],
        },
      };
    case 'window.approved':
    case 'window.unapproved':
    case 'window.ending':
    case 'window.overran':
    case 'window.reminded':
      return { kind: event.kind };
    case 'window.unsilenced':
      // Which of them is lost: the next look at that Alertmanager says it again.
      return null;
    case 'window.kept_quiet':
      return { kind: event.kind, things: [], count: 0 };
    case 'window.looked_again':
      return { kind: event.kind, still: [], count: 0, problem: null };
    case 'window.announced':
      return { kind: event.kind, before: 0, overtaken: [] };
    case 'window.started':
      return { kind: event.kind, lead: null };
    case 'window.ended':
      return { kind: event.kind, overrun: 0 };
    case 'window.cancelled':
      return { kind: event.kind, reason: ERASED, lapsed: false };
    case 'window.reported':
      return { kind: event.kind, done: ERASED, documents: ERASED, learned: ERASED, ticked: [] };
    default:
      return null;
  }
}
