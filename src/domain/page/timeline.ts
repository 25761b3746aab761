import type { EventDraft } from '../event.ts';
import { sayInChannel } from '../incident/announce.ts';
import { type Decision, eventNow, type Situation } from '../incident/decision.ts';
import type { IncidentEvent } from '../incident/events.ts';
import type { PageEvent } from './events.ts';
import type { Page } from './page.ts';

/**
 * What of a page's events stands on the timeline of its incident, and the line in the incident's channel for each: who was
 * called, who is up, and that nobody is. A second call of one person is in the page alone. Nothing for pages about something else.
 */
export function timelineOf(
  page: Pick<Page, 'number' | 'subject' | 'contacts'>,
  events: readonly EventDraft<PageEvent>[],
  situation: Situation,
): Decision {
  const { subject } = page;
  if (subject.of !== 'incident') return { events: [], deliveries: [] };
  const drafts = events.flatMap(({ body }) => told(page, body)).map((body) => eventNow(situation, body));
  return { events: drafts, deliveries: drafts.map((draft) => sayInChannel(subject.incident, draft)) };
}

function told({ number: page, contacts }: Pick<Page, 'number' | 'contacts'>, event: PageEvent): IncidentEvent[] {
  switch (event.kind) {
    case 'page.called': {
      const contact = contacts[event.contact];
      if (contact === undefined || event.why === 'again') return [];
      return [{ kind: 'incident.paged', page, name: contact.name, user: contact.slack }];
    }
    case 'page.acknowledged':
      return [{ kind: 'incident.page_acknowledged', page, user: event.user }];
    case 'page.exhausted':
      return [{ kind: 'incident.page_unanswered', page }];
    default:
      return [];
  }
}
