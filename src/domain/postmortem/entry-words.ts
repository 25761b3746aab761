import { type Actor, slackUser } from '../actor.ts';
import type { IncidentEvent } from '../incident/events.ts';
import { NOTE_WORD } from '../incident/public-note.ts';
import { type Inline, link, person, strong, text, words } from './document.ts';

/** Who did something, as a piece of a sentence. */
export function actorWords(actor: Actor): Inline {
  switch (actor.kind) {
    case 'slack':
      return person(actor.user);
    case 'cli':
      return text(`${actor.user} (command line)`);
    case 'system':
      return text('Mainstay');
    case 'webhook':
      return text(actor.source);
  }
}

/** What one entry of the timeline says. */
export function entryWords(event: IncidentEvent, actor: Actor): Inline[] {
  const who = actorWords(actor);
  switch (event.kind) {
    case 'incident.declared':
      return [text('Declared by '), who, ...because(event.title)];
    case 'incident.severity_set':
      return [
        strong(event.from === null ? `Severity set to ${event.to}` : `Severity ${event.from} → ${event.to}`),
        text(' by '),
        who,
        ...because(event.reason),
      ];
    case 'incident.owner_set':
      return [
        ...[strong('Owner'), text(' ')],
        ...(event.from === null ? [] : [person(event.from), text(' → ')]),
        person(event.to),
        ...(slackUser(actor) === event.to ? [] : [text(', named by '), who]),
      ];
    case 'incident.mitigation_started':
      return [strong('Mitigation started'), text(' by '), who, ...because(event.text)];
    case 'incident.updated':
      return [strong('Update'), text(' by '), who, ...because(event.text)];
    case 'incident.noted':
      return [text('Note by '), who, ...because(event.text)];
    case 'incident.message_pinned': {
      const author = event.message.author === null ? text('An app') : person(event.message.author);
      return [
        author,
        text(' wrote: '),
        ...words(event.message.text),
        text(' '),
        link(event.message.permalink, 'message'),
      ];
    }
    case 'incident.resolved':
      return [strong('Resolved'), text(' by '), who, ...because(event.summary)];
    case 'incident.reopened':
      return [strong('Reopened'), text(' by '), who, ...because(event.reason)];
    case 'incident.documented':
      return event.how === 'waived'
        ? [text('Post-mortem waived by '), who, ...because(event.reason)]
        : [
            text('Post-mortem published by '),
            who,
            ...(event.link === null ? [] : [text(': '), link(event.link, event.link)]),
          ];
    case 'incident.published':
      return [strong(`Public note (${NOTE_WORD[event.state]})`), text(' by '), who, ...because(event.text)];
    case 'incident.withdrawn':
      return [text('Public note withdrawn by '), who, ...because(event.reason)];
    case 'incident.closed':
      return [text('Closed by '), who];
    case 'incident.paged':
      return [strong('Called'), text(': '), called(event), text(` (PAGE-${event.page})`)];
    case 'incident.page_acknowledged':
      return [event.user === null ? who : person(event.user), text(` acknowledged PAGE-${event.page}`)];
    case 'incident.page_unanswered':
      return [strong('Nobody answered'), text(` PAGE-${event.page}; everybody was called`)];
    case 'incident.nobody_paged':
      return [strong('Nobody was woken'), text(event.reason === 'no-team' ? ': no team' : ': nobody can be called')];
    case 'event.erased':
      return [who, text(` erased what event ${event.seq} said`), ...because(event.reason)];
    case 'event.expired':
      return [text(`What was said up to event ${event.throughSeq} was deleted at the end of its retention`)];
    // The timeline tells none of these.
    case 'incident.message_unpinned':
    case 'incident.channel_opened':
    case 'incident.update_overdue':
    case 'incident.postmortem_reminded':
    case 'permission.refused':
      return [text(event.kind)];
  }
}

function called({ name, user }: Extract<IncidentEvent, { kind: 'incident.paged' }>): Inline {
  return user === null ? text(name) : person(user);
}

function because(said: string): Inline[] {
  return said === '' ? [] : [text(': '), ...words(said)];
}
