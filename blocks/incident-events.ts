import type { Actor } from '../src/domain/actor.ts';
import type { IncidentEvent } from '../src/domain/incident/events.ts';
import { NOTE_WORD } from '../src/domain/incident/public-note.ts';
import { isWorse } from '../src/domain/incident/set-severity.ts';
import type { Severity } from '../src/domain/incident/severity.ts';
import { bold, link, mrkdwnLine } from './escape.ts';
import { actorName, SEVERITY_EMOJI, userName, when } from './words.ts';

/** Longest stretch of a person's words in one line. */
const WORDS = 1500;

/**
 * What happened, in one line of mrkdwn: old -> new, who, and why where they said it.
 * @param occurredAt ISO; shown where it can differ from the time of the message, as a note's can.
 */
export function eventLine(event: IncidentEvent, actor: Actor, occurredAt: string): string {
  const who = actorName(actor);
  switch (event.kind) {
    case 'incident.declared':
      return `:rotating_light: ${who} declared ${bold(event.title, 500)}`;
    case 'incident.severity_set':
      return because(`${severityMove(event.from, event.to)} by ${who}`, event.reason);
    case 'incident.owner_set':
      return `:bust_in_silhouette: Owner ${ownerMove(event.from, event.to)}${byAnother(actor, event.to)}`;
    case 'incident.mitigation_started':
      return because(`:wrench: Mitigation started by ${who}`, event.text);
    case 'incident.updated':
      return because(`:mega: Update by ${who}`, event.text);
    case 'incident.noted':
      return because(`:memo: Note by ${who}, ${when(occurredAt)}`, event.text);
    case 'incident.message_pinned':
      return `:pushpin: ${pinnedWords(event)}`;
    case 'incident.message_unpinned':
      return `:pushpin: ${userName(event.by)} took a message off the timeline`;
    case 'incident.resolved':
      return because(`:white_check_mark: Resolved by ${who}`, event.summary);
    case 'incident.reopened':
      return because(`:leftwards_arrow_with_hook: Reopened by ${who}`, event.reason);
    case 'incident.documented':
      return documentedLine(event, who);
    case 'incident.published':
      return because(`:globe_with_meridians: Public note (${NOTE_WORD[event.state]}) by ${who}`, event.text);
    case 'incident.withdrawn':
      return because(`:globe_with_meridians: ${who} withdrew a public note`, event.reason);
    case 'incident.closed':
      return `:lock: Closed by ${who}`;
    case 'incident.channel_opened':
      return `:hash: Channel <#${event.channel}> opened`;
    case 'incident.update_overdue':
      return `:hourglass: The update due ${when(event.dueAt)} was missing; the ${event.told} was told`;
    case 'incident.postmortem_reminded':
      return `:hourglass: Reminded of the post-mortem due ${when(event.dueAt)}`;
    case 'incident.paged':
      return `:pager: ${event.user === null ? mrkdwnLine(event.name, 100) : userName(event.user)} is called (PAGE-${event.page})`;
    case 'incident.page_acknowledged':
      return `:ok_hand: ${event.user === null ? who : userName(event.user)} is up and acknowledged PAGE-${event.page}`;
    case 'incident.page_unanswered':
      return `:bangbang: Everybody was called and nobody acknowledged PAGE-${event.page}`;
    case 'incident.nobody_paged':
      return nobodyLine(event);
    case 'permission.refused':
      return `:no_entry: ${who} may not: ${mrkdwnLine(event.verb, 100)}`;
    case 'event.erased':
      return because(`:wastebasket: ${who} erased what event ${event.seq} said`, event.reason);
    case 'event.expired':
      return `:wastebasket: What was said up to event ${event.throughSeq} was deleted at the end of its retention`;
  }
}

function nobodyLine({ reason, team }: Extract<IncidentEvent, { kind: 'incident.nobody_paged' }>): string {
  const why =
    reason === 'no-team'
      ? 'the operations spec names no team for it'
      : `nobody of ${team === null ? 'its team' : mrkdwnLine(team, 80)} can be called`;
  return `:zzz: Nobody is woken: ${why}. \`/ops page\` wakes a team.`;
}

function because(what: string, words: string): string {
  return words === '' ? what : `${what}: ${mrkdwnLine(words, WORDS)}`;
}

function severityMove(from: Severity | null, to: Severity): string {
  if (from === null) return `${SEVERITY_EMOJI[to]} Severity set to *${to}*`;
  const arrow = isWorse(to, from) ? ':arrow_up:' : ':arrow_down:';
  return `${SEVERITY_EMOJI[to]} Severity ${from} ${arrow} *${to}*`;
}

function ownerMove(from: string | null, to: string): string {
  return from === null ? `is ${userName(to)}` : `${userName(from)} → ${userName(to)}`;
}

function byAnother(actor: Actor, owner: string): string {
  return actor.kind === 'slack' && actor.user === owner ? '' : `, named by ${actorName(actor)}`;
}

function pinnedWords({ message }: Extract<IncidentEvent, { kind: 'incident.message_pinned' }>): string {
  const author = message.author === null ? 'An app' : userName(message.author);
  return `${author}: ${mrkdwnLine(message.text, WORDS)} ${link(message.permalink, 'view')}`;
}

function documentedLine(event: Extract<IncidentEvent, { kind: 'incident.documented' }>, who: string): string {
  if (event.how === 'waived') return because(`:page_facing_up: Post-mortem waived by ${who}`, event.reason);
  const where = event.link === null ? '' : `: ${mrkdwnLine(`<${event.link}>`, 1000)}`;
  return `:page_facing_up: Post-mortem published by ${who}${where}`;
}
