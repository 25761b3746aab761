import type { Actor } from '../actor.ts';
import type { CallReason, PageAction, PageTerms, PageWay, ResolvedBecause } from './events.ts';

/** `calling` until somebody acknowledges or everybody was called; `resolved` is the end. */
export type PageStatus = 'calling' | 'exhausted' | 'acknowledged' | 'resolved';

/** In these nobody has said yet that they are up. */
const UNANSWERED: readonly PageStatus[] = ['calling', 'exhausted'];
/** In these what it is about is not over. */
export const OPEN_PAGE_STATUSES: readonly PageStatus[] = ['calling', 'exhausted', 'acknowledged'];

/** One contact being called once. */
interface PageCall {
  readonly at: string;
  /** Position in `contacts`. */
  readonly contact: number;
  readonly why: CallReason;
}

/** One thing that was or is to be sent. */
export interface PageAttempt {
  /** From 1; with the page's number it is what a repeated sending is known by. */
  readonly id: number;
  readonly at: string;
  readonly way: PageWay;
  readonly action: PageAction;
  /** Whom it is for; null for what only the receiver of the webhook is told. */
  readonly contact: number | null;
  /** Null while it is under way. */
  readonly outcome: {
    readonly at: string;
    readonly reached: boolean;
    readonly detail: string;
    readonly passing?: true;
  } | null;
}

/** A page as the fold of its events. Plain JSON, so a row equals its fold exactly; instants are ISO strings in UTC. */
export interface Page extends PageTerms {
  readonly number: number;
  /** By which the receiver of a webhook knows it. */
  readonly dedup: string;
  /** Sequence of the last event applied. */
  readonly version: number;
  readonly status: PageStatus;
  readonly opened: { readonly at: string; readonly by: Actor };
  readonly calls: readonly PageCall[];
  readonly attempts: readonly PageAttempt[];
  readonly acknowledged: {
    readonly at: string;
    readonly by: Actor;
    readonly user: string | null;
    readonly how: 'asked' | 'owner-set';
  } | null;
  readonly exhaustedAt: string | null;
  readonly resolved: { readonly at: string; readonly by: Actor; readonly why: ResolvedBecause } | null;
  /** When somebody is to be called without anybody asking; null when nobody is. */
  readonly nextLookAt: string | null;
}

/** Has nobody said yet that they are up? */
export function isUnanswered({ status }: Pick<Page, 'status'>): boolean {
  return UNANSWERED.includes(status);
}

/** Is what it is about not over? */
export function isOpenPage({ status }: Pick<Page, 'status'>): boolean {
  return OPEN_PAGE_STATUSES.includes(status);
}

/** The calls of the contact whose turn it is, the first first; none before the first call. */
function turnOf({ calls }: Pick<Page, 'calls'>): readonly PageCall[] {
  const last = calls.at(-1);
  return last === undefined ? [] : calls.filter(({ contact }) => contact === last.contact);
}

/** Did all that was sent to the contact whose turn it is come back? */
export function isNotReached(page: Pick<Page, 'calls' | 'attempts'>): boolean {
  const contact = page.calls.at(-1)?.contact;
  return page.attempts
    .filter((attempt) => attempt.contact === contact)
    .every(({ outcome }) => outcome !== null && !outcome.reached);
}

/** When the next contact's turn comes, and when the one whose turn it is is called again; null for not again. */
export function nextCalls(page: Page): { readonly next: Date; readonly again: Date | null } {
  const turn = turnOf(page);
  const [first] = turn;
  const last = turn.at(-1);
  if (first === undefined || last === undefined) return { next: new Date(page.opened.at), again: null };
  const next = new Date(Date.parse(first.at) + page.next);
  if (isNotReached(page) && !isWorthAnother(page)) return { next: new Date(lastOutcome(page) ?? last.at), again: null };
  const again = page.again === null ? null : new Date(Date.parse(last.at) + page.again);
  return { next, again: again !== null && again < next ? again : null };
}

/** When the minute must look at it. */
export function nextLookAt(page: Page): string | null {
  if (page.status !== 'calling') return null;
  const { next, again } = nextCalls(page);
  return (again ?? next).toISOString();
}

/** Nobody comes after the last contact: whatever failed for a reason that may pass is tried again until their turn is over. */
function isWorthAnother({ contacts, calls, attempts, again }: Page): boolean {
  const contact = calls.at(-1)?.contact;
  const mayPass = attempts.some((attempt) => attempt.contact === contact && attempt.outcome?.passing === true);
  return again !== null && contact === contacts.length - 1 && mayPass;
}

function lastOutcome({ attempts, calls }: Pick<Page, 'attempts' | 'calls'>): string | null {
  const contact = calls.at(-1)?.contact;
  const ends = attempts.flatMap((attempt) =>
    attempt.contact === contact && attempt.outcome !== null ? [attempt.outcome.at] : [],
  );
  return ends.sort().at(-1) ?? null;
}
