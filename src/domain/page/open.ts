import { pageSubject } from '../event.ts';
import { follow } from './apply.ts';
import { callContact } from './call.ts';
import { type PageDecision, type PageSituation, pageEvent } from './decision.ts';
import type { PageTerms } from './events.ts';
import { postPageCard } from './tell.ts';

/** A new page: everybody sees it in the team's channel, and its first contact is called. */
export function openPage(number: number, terms: PageTerms, situation: PageSituation): PageDecision {
  const { spec, now } = situation;
  // Numbers begin again in another database, which may tell the same receiver.
  const dedup = `mainstay/${spec.name}/${pageSubject(number)}/${now.toISOString()}`;
  const opened = pageEvent(situation, { kind: 'page.opened', number, dedup, terms });
  const called = callContact(follow(null, number, [opened]), 0, 'first', situation);
  const calls = called.deliveries.filter(({ kind }) => kind !== 'render');
  return { events: [opened, ...called.events], deliveries: [...calls, postPageCard(number, terms.channel)] };
}
