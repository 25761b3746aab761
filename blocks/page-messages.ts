import type { KnownBlock } from '@slack/types';
import type { Message } from '../src/domain/delivery.ts';
import { pageSubject } from '../src/domain/event.ts';
import { isUnanswered, type Page } from '../src/domain/page/page.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { actions, context, header, type Rendered, section } from './elements.ts';
import { mrkdwn, mrkdwnLine } from './escape.ts';
import { incidentButton } from './incident-buttons.ts';
import { pageButton } from './page-buttons.ts';
import {
  callLines,
  contactName,
  pageEmoji,
  pageHeading,
  pageName,
  pageState,
  phoneList,
  wayWord,
} from './page-words.ts';
import { teamName } from './run-words.ts';
import { actorName, userName, when } from './words.ts';

type Of<Type extends Message['type']> = Extract<Message, { type: Type }>;

/** Longest stretch of a person's words. */
const WORDS = 1000;

/** The page in its team's channel, edited in place: who is called, when, by which way, who is up. */
export function pageCard(page: Page, spec: OperationsSpec): Rendered {
  const names = isUnanswered(page) ? mentionsOf(page) : '';
  const state = `${pageEmoji(page)} ${pageState(page)}`;
  return {
    // What a notification says.
    text: `${names === '' ? '' : `${names} `}${pageName(page)}: ${pageState(page)}`,
    blocks: [
      header(pageHeading(page)),
      section([...(names === '' ? [] : [names]), state].join('\n')),
      ...detailOf(page),
      section(callLines(page).join('\n')),
      ...buttonsOf(page),
      context(footOf(page, spec)),
    ],
  };
}

/** To whoever is called. */
export function pageCall({ attempt: id }: Of<'page-call'>, page: Page, spec: OperationsSpec): Rendered {
  const position = page.attempts.find((one) => one.id === id)?.contact ?? null;
  const isCalled = isUnanswered(page) && position === (page.calls.at(-1)?.contact ?? null);
  const head = isCalled
    ? `:rotating_light: ${pageName(page)}\nYou are called for ${teamName(spec, page.team)}. Say that you are up, and nobody else is called.`
    : `${pageEmoji(page)} ${pageName(page)}\n${pageState(page)}.`;
  return {
    text: isCalled ? `:rotating_light: You are called: ${pageName(page)}` : `${pageName(page)}: ${pageState(page)}`,
    blocks: [section(head), ...detailOf(page), ...buttonsOf(page), context(footOf(page, spec))],
  };
}

/** Somebody could not be reached by this way: the channel has their telephone numbers. */
export function pageNotReached({ attempt: id }: Of<'page-not-reached'>, page: Page, spec: OperationsSpec): Rendered {
  const attempt = page.attempts.find((one) => one.id === id);
  const contact = attempt?.contact == null ? undefined : page.contacts[attempt.contact];
  const way = wayWord(attempt?.way ?? 'dm');
  const detail = mrkdwnLine(attempt?.outcome?.detail ?? '', 300);
  const whom = contact === undefined ? 'The receiver' : contactName(contact);
  const words = `:warning: ${whom} could not be reached by ${way} about ${pageName(page)}: ${detail}`;
  return { text: words, blocks: [section(words), section(phoneList(page.team, spec)), ...buttonsOf(page)] };
}

/** Everybody was called and nobody is up. */
export function pageUnanswered(page: Page, spec: OperationsSpec): Rendered {
  const words = `:bangbang: Nobody of ${teamName(spec, page.team)} answers ${pageName(page)}. Everybody was called; the last ${when(page.calls.at(-1)?.at ?? page.opened.at)}.`;
  return { text: words, blocks: [section(words), section(phoneList(page.team, spec)), ...buttonsOf(page)] };
}

function buttonsOf(page: Page): KnownBlock[] {
  if (isUnanswered(page)) return [actions(pageButton('page.acknowledge', page.number))];
  // Up is not yet in charge: the next step is to take it.
  const { subject, status, acknowledged } = page;
  const isToTake = status === 'acknowledged' && acknowledged?.how === 'asked' && subject.of === 'incident';
  return isToTake ? [actions(incidentButton('incident.take', subject.incident))] : [];
}

function detailOf({ detail }: Page): KnownBlock[] {
  return detail === '' ? [] : [section(mrkdwn(detail, WORDS))];
}

function mentionsOf({ mentions }: Page): string {
  return mentions
    .slice(0, 20)
    .map((id) => (id.startsWith('S') ? `<!subteam^${id}>` : userName(id)))
    .join(' ');
}

function footOf({ number, team, opened }: Page, spec: OperationsSpec): string {
  const id = pageSubject(number);
  return `${teamName(spec, team)}  ·  begun ${when(opened.at)} by ${actorName(opened.by)}  ·  \`/ops page ack ${id}\``;
}
