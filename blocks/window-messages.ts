import type { Message } from '../src/domain/delivery.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import type { WindowEvent } from '../src/domain/window/events.ts';
import { isOpenWindow, type MaintenanceWindow } from '../src/domain/window/window.ts';
import { actions, context, type Rendered, section } from './elements.ts';
import { mrkdwnLine } from './escape.ts';
import { windowButton } from './window-buttons.ts';
import { reportWords } from './window-card.ts';
import { listOf, stillOf } from './window-quiet.ts';
import {
  leadWords,
  overlapWords,
  scopeWords,
  spanWords,
  windowEmoji,
  windowName,
  windowState,
} from './window-words.ts';
import { actorName, when } from './words.ts';

type Of<Type extends Message['type']> = Extract<Message, { type: Type }>;

/** Longest stretch of a person's words in one line. */
const WORDS = 500;

/** What everybody else who is affected sees: what happens to them and when, edited in place. */
export function windowAnnouncement(window: MaintenanceWindow, spec: OperationsSpec): Rendered {
  const facts = [spanWords(window), scopeWords(window, spec), leadWords(window, spec)].filter((fact) => fact !== '');
  const head = `${windowEmoji(window)} *Maintenance*  ${windowName(window)}`;
  const why = window.reason === '' ? '' : `\n${mrkdwnLine(window.reason, WORDS)}`;
  const clash = window.overlaps.slice(0, 3).map((one) => `Overlaps ${overlapWords(one)}`);
  const notes = [windowState(window), ...shortNotice(window), ...(isOpenWindow(window) ? clash : [])];
  return {
    text: `Maintenance ${windowName(window)}: ${windowState(window)}`,
    blocks: [section(`${head}\n${facts.join('  ·  ')}${why}`), context(...notes)],
  };
}

function shortNotice({ shortNotice: why }: MaintenanceWindow): string[] {
  return why === '' ? [] : [`:zap: Short notice: ${mrkdwnLine(why, 300)}`];
}

/** A line about something that everybody affected should see. */
export function windowEvent(message: Of<'window-event'>, window: MaintenanceWindow, spec: OperationsSpec): Rendered {
  const words = eventWords(message.event, message, window, spec);
  const rows =
    message.event.kind === 'window.overran' || message.event.kind === 'window.ending'
      ? [actions(windowButton('window.end', window.number, 'primary'), windowButton('window.extend', window.number))]
      : [];
  if (message.event.kind === 'window.looked_again') {
    const { number } = window;
    const offer = actions(windowButton('window.declare', number, 'danger'), windowButton('window.info', number));
    return { text: words, blocks: [section(words), offer] };
  }
  return { text: words, blocks: [section(words), ...(window.status === 'started' ? rows : [])] };
}

function eventWords(
  event: WindowEvent,
  { actor, occurredAt }: Of<'window-event'>,
  window: MaintenanceWindow,
  spec: OperationsSpec,
): string {
  const name = windowName(window);
  const affects = scopeWords(window, spec);
  const about = affects === '' ? '' : ` Affects ${affects}.`;
  switch (event.kind) {
    case 'window.announced':
      return `:mega: ${name} begins ${when(window.startsAt)} and ends ${when(window.endsAt)}.${about}`;
    case 'window.unapproved':
      return `:raised_hand: ${name} should begin now, and nobody has agreed to it yet.`;
    case 'window.started':
      return `:construction: ${name} has begun and ends ${when(window.endsAt)}.${about}`;
    case 'window.ending':
      return `:hourglass_flowing_sand: ${name} ends ${when(window.endsAt)}.`;
    case 'window.extended': {
      const clash = (event.overlaps ?? [])
        .slice(0, 3)
        .map((one) => `\n:twisted_rightwards_arrows: Overlaps ${overlapWords(one)}`);
      return `:arrow_right: ${name} is extended by ${actorName(actor)} to ${when(event.to)}; it was to end ${when(event.from)}.${said(event.reason)}${clash.join('')}`;
    }
    case 'window.overran':
      return `:warning: ${name} was to end ${when(window.endsAt)} and is still under way. What fails is not quiet any more unless it is extended.${about}`;
    case 'window.looked_again':
      return `:rotating_light: ${name} is over, and ${stillOf(event.count)}:\n${listOf(event.still, event.count)}`;
    case 'window.ended': {
      const late = event.overrun >= 60_000 ? `, ${durationWords(event.overrun)} after its planned end` : '';
      return `:white_check_mark: ${name} has ended ${when(occurredAt)}${late}.${about}`;
    }
    case 'window.cancelled':
      return `:no_entry_sign: ${name} does not take place.${said(event.reason)}`;
    case 'window.reported':
      return `:memo: ${name}: ${actorName(actor)} says what was done.\n${reportWords({ report: { ...event, at: occurredAt, by: actor } })}`;
    default:
      throw new Error(`nobody is told of ${event.kind}`);
  }
}

function said(reason: string): string {
  return reason === '' ? '' : `\n>${mrkdwnLine(reason, WORDS)}`;
}

/** To those who may agree to it. */
export function windowApproval(window: MaintenanceWindow, spec: OperationsSpec): Rendered {
  const words = `:raised_hand: ${actorName(window.planned.by)} asks you to agree to ${windowName(window)}, ${spanWords(window)}. Affects ${scopeWords(window, spec)}.\n${mrkdwnLine(window.reason, WORDS)}`;
  const { number } = window;
  return {
    text: words,
    blocks: [
      section(words),
      actions(windowButton('window.approve', number, 'primary'), windowButton('window.info', number)),
    ],
  };
}

/** To whoever led it, or in the owner's channel where nobody did. */
export function windowReportAsked({ again }: Of<'window-report-asked'>, window: MaintenanceWindow): Rendered {
  const { number } = window;
  const first = again ? ':alarm_clock: Nobody has said yet:' : ':white_check_mark:';
  const words = `${first} ${windowName(window)} has ended${window.ended === null ? '' : ` ${when(window.ended.at)}`}. What was done, which documents change, and what was learned?`;
  return {
    text: words,
    blocks: [
      section(words),
      actions(windowButton('window.report', number, 'primary'), windowButton('window.info', number)),
    ],
  };
}
