import type { ErasureEvent } from '../event.ts';
import type { Severity } from '../incident/severity.ts';
import type { Milliseconds } from '../spec/duration.ts';

/** What somebody is woken for. */
export type PageSubject =
  | { readonly of: 'incident'; readonly incident: number }
  /** Checks that began to fail together: the number of the message that tells of them. */
  | { readonly of: 'checks'; readonly group: number }
  /** Somebody asked for it. */
  | { readonly of: 'manual' };

/** Somebody who can be called, as the spec had them when the page began. Addresses are read from the spec when they are used. */
export interface PageContact {
  /** Key of `contacts`; null for a Slack user the spec knows no more of, and for a team that only a webhook stands for. */
  readonly key: string | null;
  readonly name: string;
  /** Slack user id. */
  readonly slack: string | null;
  readonly email: boolean;
}

/** What is to be done, as the spec had it then: a spec that changes later changes no page. Times are milliseconds. */
export interface PageTerms {
  readonly subject: PageSubject;
  /** Key of the team. */
  readonly team: string;
  readonly title: string;
  /** What else whoever is woken should know; may be empty. */
  readonly detail: string;
  /** Null where nobody said how bad it is. */
  readonly urgency: Severity | null;
  /** Who is called, in this order; never empty. */
  readonly contacts: readonly PageContact[];
  /** Whoever does not acknowledge is called again after this; null for not again. */
  readonly again: Milliseconds | null;
  /** The next contact is called so long after the first call of the one before. */
  readonly next: Milliseconds;
  /** The team's channel, where everybody sees it: a name without "#", or an id. */
  readonly channel: string;
  /** Whom the message in the channel names: ids of Slack user groups and users. */
  readonly mentions: readonly string[];
  readonly webhook: boolean;
}

/** By what somebody is reached. */
export type PageWay = 'dm' | 'email' | 'webhook';

/** What a receiver of webhooks is told. */
export type PageAction = 'trigger' | 'acknowledge' | 'resolve';

/** One thing that is to be sent. Its id is its number within the page, from 1. */
export interface PageSending {
  readonly attempt: number;
  readonly way: PageWay;
  readonly action: PageAction;
}

/** Why this contact is called now. */
export type CallReason =
  | 'first'
  /** They did not acknowledge. */
  | 'again'
  /** The one before did not acknowledge in time. */
  | 'no-answer'
  /** The one before could be reached by no way. */
  | 'not-reached';

export type ResolvedBecause =
  | 'incident-resolved'
  /** The incident's severity wakes nobody any more. */
  | 'severity-lowered'
  /** None of its checks fails any more. */
  | 'checks-recovered'
  /** Those that still fail are muted, or gone from the spec. */
  | 'checks-quiet';

/** Everything that can happen to a page. The subject is its chain `PAGE-n`. */
export type PageEvent =
  /** `dedup`: by which the receiver of a webhook knows the page, the same in all that is sent of it. */
  | { kind: 'page.opened'; number: number; dedup: string; terms: PageTerms }
  /** `contact` is a position in the terms' contacts, from 0. */
  | { kind: 'page.called'; contact: number; why: CallReason; sends: readonly PageSending[] }
  /** What became of one attempt. `detail` says why it failed, in a sentence that holds no secret; `passing`: for a reason that may pass. */
  | { kind: 'page.attempted'; attempt: number; reached: boolean; detail: string; passing?: true }
  /** `user` is the Slack user who is up; null when the command line said so. */
  | {
      kind: 'page.acknowledged';
      user: string | null;
      how: 'asked' | 'owner-set';
      sends: readonly PageSending[];
    }
  /** Everybody was called and nobody acknowledged. */
  | { kind: 'page.exhausted' }
  | { kind: 'page.resolved'; why: ResolvedBecause; sends: readonly PageSending[] }
  | { kind: 'permission.refused'; verb: string; reason: string }
  | ErasureEvent;
