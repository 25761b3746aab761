import { callContact } from './call.ts';
import { type PageDecision, type PageSituation, pageEvent } from './decision.ts';
import { isNotReached, nextCalls, type Page, type PageStatus } from './page.ts';
import { sayNobodyAnswers, showPage } from './tell.ts';

/** What was done about a page because its time came, or why nothing was. */
export type PageLookReason =
  | Exclude<PageStatus, 'calling'>
  | 'not-yet'
  | 'called-again'
  | 'called-next'
  /** As `called-next`, before its time: the one before could be reached by no way. */
  | 'called-next-at-once'
  | 'nobody-answers';

export interface PageLooked {
  readonly reason: PageLookReason;
  /** Null when nothing is to be written. */
  readonly decision: PageDecision | null;
}

/** What the hour asks of a page: one call at most, also when an outage kept several from being made. */
export function lookAtPage(page: Page, situation: PageSituation): PageLooked {
  if (page.status !== 'calling') return { reason: page.status, decision: null };
  const { next, again } = nextCalls(page);
  if (situation.now >= next) return nextContact(page, situation);
  if (again === null || situation.now < again) return { reason: 'not-yet', decision: null };
  return { reason: 'called-again', decision: callContact(page, currentOf(page), 'again', situation) };
}

function nextContact(page: Page, situation: PageSituation): PageLooked {
  const position = currentOf(page) + 1;
  if (position >= page.contacts.length) return { reason: 'nobody-answers', decision: exhausted(page, situation) };
  const notReached = isNotReached(page);
  return {
    reason: notReached ? 'called-next-at-once' : 'called-next',
    decision: callContact(page, position, notReached ? 'not-reached' : 'no-answer', situation),
  };
}

function exhausted(page: Page, situation: PageSituation): PageDecision {
  const operators = situation.spec.incident.operatorsChannel;
  return {
    events: [pageEvent(situation, { kind: 'page.exhausted' })],
    deliveries: [...sayNobodyAnswers(page, operators), ...showPage(page)],
  };
}

function currentOf({ calls }: Pick<Page, 'calls'>): number {
  return calls.at(-1)?.contact ?? -1;
}
