import type { Actor } from '../actor.ts';
import type { Delivery } from '../delivery.ts';
import type { EventDraft } from '../event.ts';
import { pageSubject } from '../event.ts';
import { type Outcome, type Refusal, refused } from '../outcome.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { PageEvent } from './events.ts';

/** Who decides, when, and under which spec. */
export interface PageSituation {
  readonly actor: Actor;
  readonly now: Date;
  readonly spec: OperationsSpec;
}

/** What is written about a page: events in order, and what is said about them in Slack. What is sent otherwise follows from the events. */
export interface PageDecision {
  readonly events: readonly EventDraft<PageEvent>[];
  readonly deliveries: readonly Delivery[];
}

/** Every reason for which something is not done to a page. */
export type PageRefusal =
  | 'unknown-page'
  | 'unknown-team'
  | 'nobody-to-call'
  | 'in-no-team'
  | 'empty-text'
  | 'not-permitted'
  | 'already-acknowledged'
  | 'already-resolved';

/** The answer "no" of a page's verb. */
export type PageRefused = { readonly ok: false; readonly refusal: Refusal<PageRefusal> };

export type PageDecided = Outcome<PageDecision, PageRefusal>;

export function pageEvent<Body extends PageEvent>({ actor, now }: PageSituation, body: Body): EventDraft<Body> {
  return { actor, occurredAt: now, recordedAt: now, body };
}

/** Refuses because there is no such page. */
export function unknownPage(number: number): PageRefused {
  return refused('unknown-page', `There is no ${pageSubject(number)}. \`/ops pages\` shows the pages.`);
}
