import { pageSubject } from '../src/domain/event.ts';
import type { Page } from '../src/domain/page/page.ts';
import { contactName, pageName, pageState } from './page-words.ts';

/** What whoever did something is told: only for them. The messages show it to everybody. */
type Sentence = (page: Page) => string;

export const pagedAnswer: Sentence = (page) => {
  const [first] = page.contacts;
  const whom = first === undefined ? 'Somebody' : contactName(first);
  return `:pager: ${whom} is called: ${pageName(page)}. \`/ops pages\` shows whether somebody answers.`;
};

export const acknowledgedAnswer: Sentence = (page) => {
  const { subject } = page;
  const next =
    subject.of === 'incident' ? ` To own it, press Take it or type \`/owner INC-${subject.incident} me\`.` : '';
  return `:ok_hand: ${pageSubject(page.number)}: ${pageState(page)}. Nobody else is called.${next}`;
};
