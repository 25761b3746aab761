import type { StoredEvent } from '../event.ts';
import type { PageEvent } from './events.ts';

/** What stands in the place of words that were erased by law. */
const ERASED = '[erased]';

/**
 * What is still known of an event whose body was erased. Its kind and its time are in the chain, so the page's life keeps its
 * shape; what only the body said is lost. Null when nothing is left to tell.
 */
export function remainsOf(event: StoredEvent<PageEvent>): PageEvent | null {
  switch (event.kind) {
    case 'page.opened':
      return {
        kind: event.kind,
        number: Number(event.subject.replace('PAGE-', '')),
        dedup: ERASED,
        terms: {
          subject: { of: 'manual' },
          team: ERASED,
          title: ERASED,
          detail: '',
          urgency: null,
          contacts: [],
          again: null,
          next: 0,
          channel: ERASED,
          mentions: [],
          webhook: false,
        },
      };
    case 'page.called':
      return { kind: event.kind, contact: 0, why: 'first', sends: [] };
    case 'page.acknowledged':
      return { kind: event.kind, user: null, how: 'asked', sends: [] };
    case 'page.exhausted':
      return { kind: event.kind };
    case 'page.resolved':
      return { kind: event.kind, why: 'checks-recovered', sends: [] };
    default:
      return null;
  }
}
