import { pageSubject } from '../src/domain/event.ts';
import type { CallReason, PageContact, PageWay, ResolvedBecause } from '../src/domain/page/events.ts';
import { nextCalls, type Page, type PageAttempt, type PageStatus } from '../src/domain/page/page.ts';
import { reveal } from '../src/domain/spec/secret.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { bold, mrkdwnLine, plainLine } from './escape.ts';
import { actorName, userName, when } from './words.ts';

const PAGE_EMOJI: Record<PageStatus, string> = {
  calling: ':pager:',
  exhausted: ':bangbang:',
  acknowledged: ':ok_hand:',
  resolved: ':white_check_mark:',
};

const WAY_WORD: Record<PageWay, string> = { dm: 'message', email: 'e-mail', webhook: 'webhook' };

const WHY_WORD: Record<CallReason, string> = {
  first: '',
  again: ' again',
  'no-answer': '',
  'not-reached': ', because the one before could not be reached',
};

const OVER_WORD: Record<ResolvedBecause, string> = {
  'incident-resolved': 'the incident is resolved',
  'severity-lowered': "the incident's severity wakes nobody any more",
  'checks-recovered': 'the checks answer again',
  'checks-quiet': 'what still fails is muted or gone from the spec',
};

/** Most calls that one message lists. */
const CALLS = 8;

export function pageEmoji({ status }: Pick<Page, 'status'>): string {
  return PAGE_EMOJI[status];
}

/** `PAGE-1 Checkout is down`, for a header, which knows no markup. */
export function pageHeading({ number, title, urgency }: Page): string {
  return plainLine(`${pageSubject(number)} ${urgency === null ? '' : `${urgency} `}${title}`, 150);
}

/** The same as mrkdwn, the title in bold. */
export function pageName({ number, title }: Pick<Page, 'number' | 'title'>): string {
  return `${pageSubject(number)} ${bold(title, 150)}`;
}

/** Somebody who is called, so that Slack shows them where it knows them. */
export function contactName({ slack, name }: PageContact): string {
  return slack === null ? mrkdwnLine(name, 80) : userName(slack);
}

/** How it stands, in a sentence. */
export function pageState(page: Page): string {
  const { acknowledged, resolved, exhaustedAt } = page;
  if (resolved !== null) {
    return `Over since ${when(resolved.at)}: ${OVER_WORD[resolved.why]}${acknowledged === null ? '; nobody had acknowledged' : ''}`;
  }
  if (acknowledged !== null) {
    const who = acknowledged.user === null ? actorName(acknowledged.by) : userName(acknowledged.user);
    const owner = acknowledged.how === 'owner-set' ? ', who owns the incident now' : '';
    return `Acknowledged by ${who}${owner}, ${when(acknowledged.at)}`;
  }
  if (exhaustedAt !== null) return `Everybody was called and nobody acknowledged, ${when(exhaustedAt)}`;
  return callingWords(page);
}

function callingWords(page: Page): string {
  const position = page.calls.at(-1)?.contact ?? 0;
  const calling = page.contacts[position];
  const following = page.contacts[position + 1];
  const { next, again } = nextCalls(page);
  return [
    calling === undefined ? 'Calling' : `Calling ${contactName(calling)}`,
    ...(again === null ? [] : [`again ${when(again)}`]),
    following === undefined
      ? `the last in line; told as unanswered ${when(next)}`
      : `then ${contactName(following)} ${when(next)}`,
  ].join(', ');
}

/** Each call with the ways it took and what became of them; the latest last. */
export function callLines(page: Page): string[] {
  const calls = page.calls.map(({ at, contact: position, why }) => {
    const contact = page.contacts[position];
    const sends = page.attempts.filter((one) => one.at === at && one.contact === position);
    const name = contact === undefined ? 'somebody' : contactName(contact);
    return `${when(at)}  ${name}${WHY_WORD[why]}: ${sends.map(sendWords).join(', ')}`;
  });
  const left = calls.length - CALLS;
  return [...(left > 0 ? [`${left} calls before`] : []), ...calls.slice(-CALLS)];
}

function sendWords({ way, outcome }: PageAttempt): string {
  if (outcome === null) return `${WAY_WORD[way]} under way`;
  return outcome.reached ? `${WAY_WORD[way]} sent` : `*${WAY_WORD[way]} failed* (${mrkdwnLine(outcome.detail, 60)})`;
}

/** By what somebody was to be reached. */
export function wayWord(way: PageWay): string {
  return WAY_WORD[way];
}

/** Everybody of the team with their telephone numbers, as the spec has them now: whom to call is what people need when a page fails. */
export function phoneList(team: string, spec: OperationsSpec): string {
  const { escalation = [], members = [] } = spec.teams[team] ?? {};
  const lines = [...new Set([...escalation, ...members])].slice(0, 20).map((who) => {
    const contact = spec.contacts[who];
    const name = contact === undefined ? userName(who) : mrkdwnLine(contact.name, 80);
    if (contact?.phone === undefined) return `${name}: no number in the operations spec`;
    return `${name}: ${mrkdwnLine(reveal(contact.phone), 40)}`;
  });
  return lines.length === 0
    ? 'The operations spec names nobody of the team.'
    : lines.map((line) => `:phone: ${line}`).join('\n');
}
