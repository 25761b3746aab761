import { type PageDecision, type PageSituation, pageEvent } from './decision.ts';
import { isUnanswered, type Page, type PageAttempt } from './page.ts';
import { sayNotReached, showPageCard } from './tell.ts';

/** What became of one attempt. `detail` says why it failed, in a sentence. */
export interface AttemptEnd {
  readonly attempt: number;
  readonly reached: boolean;
  readonly detail: string;
  /** It failed for a reason that may pass, such as a receiver that is down. */
  readonly passing?: true;
}

/**
 * Writes down what became of one attempt; the channel is told of the first one that fails for this person by this way. Null when
 * that was written down before: an attempt that is repeated after a crash has one outcome.
 */
export function endAttempt(page: Page, end: AttemptEnd, situation: PageSituation): PageDecision | null {
  const attempt = page.attempts.find(({ id }) => id === end.attempt);
  if (attempt === undefined || attempt.outcome !== null) return null;
  // That somebody who is not needed any more was not called is no news; that a receiver goes on calling is.
  const matters = attempt.action !== 'trigger' || isUnanswered(page);
  const isNews = !end.reached && matters && !page.attempts.some((other) => isSameFailure(other, attempt));
  return {
    events: [pageEvent(situation, { kind: 'page.attempted', ...end })],
    deliveries: [...(isNews ? [sayNotReached(page, attempt)] : []), showPageCard(page)],
  };
}

/** The receiver of a webhook is one for all whom it wakes. */
function isSameFailure(other: PageAttempt, { way, contact }: PageAttempt): boolean {
  const isSame = other.way === way && (way === 'webhook' || other.contact === contact);
  return isSame && other.outcome !== null && !other.outcome.reached;
}
