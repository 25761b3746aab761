import { slackIdOf } from '../permissions.ts';
import type { Milliseconds } from '../spec/duration.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { PageContact, PageTerms } from './events.ts';

/** What is paged about. */
export type PageReason = Pick<PageTerms, 'subject' | 'title' | 'detail' | 'urgency'>;

const MINUTE = 60_000;

/** How a team is called that says nothing about it; documented with `teams.*.paging`. */
export const CALLED_BY_DEFAULT: { readonly again: Milliseconds; readonly next: Milliseconds } = {
  again: 5 * MINUTE,
  next: 15 * MINUTE,
};

/** How this team is called about this, by the spec as it is now; null when nobody of it can be called by any way. */
export function pageTerms(spec: OperationsSpec, teamKey: string, about: PageReason): PageTerms | null {
  const team = spec.teams[teamKey];
  const contacts = contactsOf(spec, teamKey);
  if (team === undefined || contacts.length === 0) return null;
  const people = contacts.flatMap(({ slack }) => slack ?? []);
  return {
    ...about,
    team: teamKey,
    contacts,
    again: team.paging === undefined ? CALLED_BY_DEFAULT.again : team.paging.again,
    next: team.paging?.next ?? CALLED_BY_DEFAULT.next,
    channel: team.channel ?? spec.incident.operatorsChannel,
    mentions: team.group === undefined ? people : [team.group],
    webhook: team.paging?.webhook !== undefined,
  };
}

/**
 * As `pageTerms`, for somebody who calls themselves to see that it works: nobody else is called or named. Null when they are in
 * no team, or can be called by no way.
 */
export function termsForOne(spec: OperationsSpec, user: string, about: PageReason): PageTerms | null {
  const isThem = (who: string) => slackIdOf(spec, who) === user;
  const own = Object.entries(spec.teams).find(([, { members, escalation }]) =>
    [...members, ...escalation].some(isThem),
  );
  const terms = own === undefined ? null : pageTerms(spec, own[0], about);
  if (own === undefined || terms === null) return null;
  const mails = own[1].paging?.email === true;
  return { ...terms, contacts: [contactOf(spec, user, mails)], mentions: [user] };
}

/** Whom of a team can be called, in order: its escalation, or its members where it has none. Nobody stands there twice. */
export function contactsOf(spec: OperationsSpec, teamKey: string): readonly PageContact[] {
  const team = spec.teams[teamKey];
  if (team === undefined) return [];
  const mails = team.paging?.email === true;
  const hooks = team.paging?.webhook !== undefined;
  const found = new Map<string, PageContact>();
  for (const who of team.escalation.length > 0 ? team.escalation : team.members) {
    const contact = contactOf(spec, who, mails);
    const isReached = contact.slack !== null || contact.email || hooks;
    const id = contact.slack ?? who;
    if (isReached && !found.has(id)) found.set(id, contact);
  }
  // A team of which only the receiver of its webhook knows who is on call.
  if (found.size === 0 && hooks) return [{ key: null, name: team.name, slack: null, email: false }];
  return [...found.values()];
}

function contactOf(spec: OperationsSpec, who: string, mails: boolean): PageContact {
  const known = spec.contacts[who];
  const [key, contact] =
    known === undefined
      ? (Object.entries(spec.contacts).find(([, one]) => one.slack === who) ?? [null, undefined])
      : [who, known];
  return {
    key,
    name: contact?.name ?? who,
    slack: slackIdOf(spec, who) ?? null,
    email: mails && contact?.email !== undefined,
  };
}
