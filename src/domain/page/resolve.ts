import { type PageDecision, type PageSituation, pageEvent } from './decision.ts';
import type { ResolvedBecause } from './events.ts';
import { isOpenPage, type Page } from './page.ts';
import { sendsToReceiver } from './sends.ts';
import { showPage } from './tell.ts';

/** What it was about is over: nobody is called any more. Null when it is over already. */
export function resolvePage(page: Page, why: ResolvedBecause, situation: PageSituation): PageDecision | null {
  if (!isOpenPage(page)) return null;
  const sends = sendsToReceiver(page, 'resolve');
  return { events: [pageEvent(situation, { kind: 'page.resolved', why, sends })], deliveries: showPage(page) };
}
