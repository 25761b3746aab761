import { type PageDecision, type PageSituation, pageEvent } from './decision.ts';
import type { CallReason } from './events.ts';
import type { Page } from './page.ts';
import { sendsTo } from './sends.ts';
import { showPageCard, writeTo } from './tell.ts';

/** Calls the contact at this position of the page by every way there is to them. */
export function callContact(page: Page, contact: number, why: CallReason, situation: PageSituation): PageDecision {
  const sends = sendsTo(page, contact);
  const slack = page.contacts[contact]?.slack ?? null;
  return {
    events: [pageEvent(situation, { kind: 'page.called', contact, why, sends })],
    deliveries: [
      ...sends.flatMap(({ way, attempt }) => (way === 'dm' && slack !== null ? [writeTo(page, slack, attempt)] : [])),
      showPageCard(page),
    ],
  };
}
