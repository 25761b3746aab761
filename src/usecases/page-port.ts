import type { StoredEvent } from '../domain/event.ts';
import type { PageAction, PageContact, PageEvent, PageSubject } from '../domain/page/events.ts';
import type { Page, PageStatus } from '../domain/page/page.ts';
import type { PagingWebhook } from '../domain/spec/types.ts';

/** The pages, as those see them who only look. Throws DatabaseUnavailable as the store does. */
export interface PageReads {
  page(number: number): Promise<Page | null>;
  /** The latest first. */
  pages(statuses: readonly PageStatus[], limit: number): Promise<Page[]>;
  /** Pages that are not over, those that nobody took first, and of these the latest; what somebody asked for is over once it is acknowledged. */
  openPages(limit: number): Promise<Page[]>;
  /** Pages of which somebody is to be called at `now`, the longest waiting first. */
  pagesToLookAt(now: Date, limit: number): Promise<Page[]>;
  /** What happened to a page, in order, streamed. */
  pageEvents(number: number): AsyncIterable<StoredEvent<PageEvent>>;
}

/** What a transaction knows of pages. */
export interface PageTx {
  /** The page, with its chain locked until the transaction ends; null if there is none. Whatever it is about is locked before it. */
  page(number: number): Promise<Page | null>;
  nextPageNumber(): Promise<number>;
  /** What was opened about this and is not over, in order, with the chains locked; of what somebody asked for, none. */
  pagesAbout(subject: PageSubject): Promise<Page[]>;
}

/** How sending something went. `detail` is a sentence that holds no secret. */
export type Sent =
  | { readonly outcome: 'sent' }
  /** Trying again may help. */
  | { readonly outcome: 'not-now'; readonly detail: string }
  | { readonly outcome: 'refused'; readonly detail: string };

/** One thing to send, with what a repeated sending is known by. */
export interface PageMessage {
  /** The same however often it is sent: `PAGE-1/3`. */
  readonly key: string;
  readonly action: PageAction;
  readonly page: Page;
  /** Who is called; null where only the receiver is told how it goes on. */
  readonly contact: PageContact | null;
  /** When the attempt was decided. */
  readonly at: string;
}

/** Whoever reaches people outside Slack. They give up by themselves in time and never throw for what the other side does. */
export interface Pagers {
  /** @param to an e-mail address */
  mail(message: PageMessage, to: string, over: AbortSignal): Promise<Sent>;
  post(message: PageMessage, to: PagingWebhook, over: AbortSignal): Promise<Sent>;
}
