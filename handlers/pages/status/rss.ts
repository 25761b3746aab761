import { Feed } from 'feed';
import { NOTE_WORD } from '../../../src/domain/incident/public-note.ts';
import type { StatusPage } from '../../../src/domain/status/page.ts';
import { escapeHtml } from '../../../src/domain/text/html.ts';
import { dayWords } from './times.ts';

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly at: string;
  /** Where on the page it stands. */
  readonly anchor: string;
}

/** `/status.rss`: one entry a public note and one a window, the latest first. @param url the page's own address */
export function statusRss(page: StatusPage, url: string): string {
  const entries = entriesOf(page).sort((a, b) => b.at.localeCompare(a.at));
  const feed = new Feed({
    id: url,
    link: url,
    title: page.title,
    description: page.description ?? page.title,
    language: 'en',
    generator: false,
    feedLinks: { rss: `${url}.rss` },
    // The time of the last word, not of asking: a feed in which nothing is new stays the same.
    updated: new Date(entries[0]?.at ?? 0),
  });
  for (const { id, title, text, at, anchor } of entries) {
    feed.addItem({
      id: `${url}#${id}`,
      guid: `${url}#${id}`,
      link: `${url}#${anchor}`,
      // Some readers take a title for HTML and others do not: nothing in it is a tag to either.
      title: title.replaceAll('<', '‹').replaceAll('>', '›'),
      date: new Date(at),
      description: escapeHtml(text).replaceAll('\n', '<br>'),
    });
  }
  return feed.rss2();
}

function entriesOf({ incidents, history, maintenance }: StatusPage): Entry[] {
  return [
    ...[...incidents, ...history].flatMap(({ id, title, updates }) =>
      updates.map(({ state, text, at }) => ({
        id: `${id}-${at}`,
        title: `${NOTE_WORD[state]}: ${title}`,
        text,
        at,
        anchor: id,
      })),
    ),
    ...maintenance.map(({ id, title, text, startsAt, endsAt }) => ({
      id,
      title: `${title}, ${dayWords(startsAt)}`,
      text: `${text}\n${words(startsAt)} – ${words(endsAt)}`,
      at: startsAt,
      anchor: id,
    })),
  ];
}

const words = (at: string) => `${dayWords(at)}, ${at.slice(11, 16)} UTC`;
