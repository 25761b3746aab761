import type { KnownBlock } from '@slack/types';
import type { StoredEvent } from '../src/domain/event.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import type { WindowEvent } from '../src/domain/window/events.ts';
import type { MaintenanceWindow } from '../src/domain/window/window.ts';
import { context, type Rendered, section } from './elements.ts';
import { CUT, mrkdwnLine } from './escape.ts';
import { windowCard } from './window-card.ts';
import { countOf, stillOf } from './window-quiet.ts';
import { actorName, userName, when } from './words.ts';

/** How much of a long timeline one answer shows: its end. Longest stretch of a person's words. */
const MOST = 30;
const WORDS = 300;
const PER_SECTION = 3;

/** A window as it is now, and its record: what happened, in order, each line with the place in the log that says so. */
export function windowInfo(
  window: MaintenanceWindow,
  events: readonly StoredEvent<WindowEvent>[],
  spec: OperationsSpec,
): Rendered {
  const card = windowCard(window, spec);
  const shown = events.slice(-MOST);
  const left = events.length - shown.length;
  const lines = shown.map((event) => `${when(event.occurredAt)}  ${words(event)}  \`${event.subject}#${event.seq}\``);
  const blocks: KnownBlock[] = [...card.blocks, section('*What happened*')];
  if (left > 0) blocks.push(context(`${CUT} ${left} earlier left out`));
  for (let first = 0; first < lines.length; first += PER_SECTION)
    blocks.push(section(lines.slice(first, first + PER_SECTION).join('\n')));
  return { text: card.text, blocks };
}

function words({ body, actor, kind }: StoredEvent<WindowEvent>): string {
  const who = actorName(actor);
  if (body === null) return `:wastebasket: what \`${kind}\` said was erased`;
  switch (body.kind) {
    case 'window.planned':
      return `:calendar: planned by ${who} for ${when(body.terms.startsAt)} to ${when(body.terms.endsAt)}`;
    case 'window.approved':
      return `:thumbsup: approved by ${who}`;
    case 'window.unapproved':
      return ':raised_hand: should have begun, and waited for approval';
    case 'window.announced': {
      const late = body.overtaken.length === 0 ? '' : ', in place of earlier words';
      return `:mega: announced, ${durationWords(body.before)} ahead${late}`;
    }
    case 'window.started':
      return `:construction: begun by ${who}${body.lead === null ? '' : `, led by ${userName(body.lead)}`}`;
    case 'window.extended':
      return `:arrow_right: extended by ${who} to ${when(body.to)}${body.reason === '' ? '' : `: ${mrkdwnLine(body.reason, WORDS)}`}`;
    case 'window.ending':
      return ':hourglass_flowing_sand: its end announced';
    case 'window.silenced':
      return `:no_bell: silenced in ${mrkdwnLine(body.target, 100)} until ${when(body.until)}`;
    case 'window.not_silenced':
      return `:warning: not silenced in ${mrkdwnLine(body.target, 100)}: ${mrkdwnLine(body.problem, WORDS)}`;
    case 'window.unsilenced':
      return `:bell: not silenced in ${mrkdwnLine(body.target, 100)} any more`;
    case 'window.kept_quiet':
      return `:no_bell: ${countOf(body.count)} kept quiet so far`;
    case 'window.looked_again':
      return `:mag: looked again at its end: ${body.count === 0 ? 'nothing fails' : `${stillOf(body.count)}`}${body.problem === null ? '' : `; ${mrkdwnLine(body.problem, WORDS)}`}`;
    case 'window.overran':
      return ':warning: over its time';
    case 'window.ended':
      return `:white_check_mark: ended by ${who}${body.overrun < 60_000 ? '' : `, ${durationWords(body.overrun)} late`}`;
    case 'window.cancelled':
      return `:no_entry_sign: cancelled by ${who}: ${mrkdwnLine(body.reason, WORDS)}`;
    case 'window.reported':
      return `:memo: ${who} said what was done: ${mrkdwnLine(body.done, WORDS)}`;
    case 'window.reminded':
      return ':alarm_clock: asked again what was done';
    case 'permission.refused':
      return `:no_entry: ${who} may not: ${mrkdwnLine(body.verb, 100)}`;
    case 'event.erased':
      return `:wastebasket: ${who} erased what event ${body.seq} said: ${mrkdwnLine(body.reason, WORDS)}`;
    case 'event.expired':
      return `:wastebasket: what was said up to event ${body.throughSeq} was deleted at the end of its retention`;
  }
}
