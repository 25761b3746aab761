import { slackUser } from '../actor.ts';
import { pageSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { type PageDecided, type PageDecision, type PageSituation, pageEvent } from './decision.ts';
import { isUnanswered, type Page } from './page.ts';
import { sendsToReceiver } from './sends.ts';
import { showPage } from './tell.ts';

/** Somebody is up: nobody else is called. */
export function decideAcknowledge(page: Page, situation: PageSituation): PageDecided {
  const id = pageSubject(page.number);
  if (page.status === 'resolved') return refused('already-resolved', `${id} is over: what it was about is resolved.`);
  if (page.acknowledged !== null) {
    const { user, at } = page.acknowledged;
    const who = user === null ? 'on the command line' : `by <@${user}>`;
    return refused('already-acknowledged', `${id} was acknowledged ${who} at ${at.slice(11, 16)} UTC.`);
  }
  return done(acknowledged(page, slackUser(situation.actor), 'asked', situation));
}

/** As `decideAcknowledge`, for whoever was made the owner of the incident; null when nobody is waited for. */
export function acknowledgeByOwner(page: Page, owner: string, situation: PageSituation): PageDecision | null {
  return isUnanswered(page) ? acknowledged(page, owner, 'owner-set', situation) : null;
}

function acknowledged(
  page: Page,
  user: string | null,
  how: 'asked' | 'owner-set',
  situation: PageSituation,
): PageDecision {
  // Nothing else ends what a person asked for: whoever is up has heard it.
  const sends = sendsToReceiver(page, page.subject.of === 'manual' ? 'resolve' : 'acknowledge');
  return {
    events: [pageEvent(situation, { kind: 'page.acknowledged', user, how, sends })],
    deliveries: showPage(page),
  };
}
