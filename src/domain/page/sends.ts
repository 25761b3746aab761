import type { PageAction, PageSending, PageWay } from './events.ts';
import type { Page } from './page.ts';

/** What is sent when this contact is called, by every way there is to them. */
export function sendsTo(page: Page, position: number): readonly PageSending[] {
  const contact = page.contacts[position];
  const ways: PageWay[] = [];
  if (contact !== undefined && contact.slack !== null) ways.push('dm');
  if (contact?.email) ways.push('email');
  if (page.webhook) ways.push('webhook');
  return ways.map((way, index) => ({ attempt: nextAttempt(page) + index, way, action: 'trigger' }));
}

/** What the receiver of the webhook is told of how it goes on. */
export function sendsToReceiver(page: Page, action: PageAction): readonly PageSending[] {
  return page.webhook ? [{ attempt: nextAttempt(page), way: 'webhook', action }] : [];
}

const nextAttempt = ({ attempts }: Page) => attempts.length + 1;
