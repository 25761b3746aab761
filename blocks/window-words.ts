import { windowSubject } from '../src/domain/event.ts';
import type { OperationsSpec, PermissionRule } from '../src/domain/spec/types.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import type { Overlap } from '../src/domain/window/events.ts';
import { isApproved, type MaintenanceWindow, type WindowStatus } from '../src/domain/window/window.ts';
import { mrkdwnLine, plainLine } from './escape.ts';
import { serviceName } from './incident-card.ts';
import { teamName } from './run-words.ts';
import { userName, when } from './words.ts';

/** One sign for each state, the same everywhere. */
const WINDOW_EMOJI: Record<WindowStatus, string> = {
  planned: ':calendar:',
  announced: ':mega:',
  started: ':construction:',
  ended: ':white_check_mark:',
  cancelled: ':no_entry_sign:',
};

const STATUS_WORD: Record<WindowStatus, string> = {
  planned: 'Planned',
  announced: 'Announced',
  started: 'Under way',
  ended: 'Ended',
  cancelled: 'Cancelled',
};

interface Named {
  readonly number: number;
  readonly title: string;
}

type Span = Pick<MaintenanceWindow, 'startsAt' | 'endsAt'>;

export function windowEmoji({ status, overranAt }: MaintenanceWindow): string {
  return status === 'started' && overranAt !== null ? ':warning:' : WINDOW_EMOJI[status];
}

/** `WIN-1 Move the database`, for a header, which knows no markup. */
export function windowHeading({ number, title }: Named): string {
  return plainLine(`${windowSubject(number)} ${title}`, 150);
}

/** The same as mrkdwn, in bold. */
export function windowName({ number, title }: Named): string {
  return `*${windowSubject(number)}* ${mrkdwnLine(title, 150)}`;
}

/** From when to when, and how long that is. */
export function spanWords({ startsAt, endsAt }: Span): string {
  return `${when(startsAt)} to ${when(endsAt)} (${durationWords(Date.parse(endsAt) - Date.parse(startsAt))})`;
}

/** Services by name, then labels: what its alerts have in common. */
export function scopeWords({ services, labels }: MaintenanceWindow, spec: OperationsSpec): string {
  const words = [
    ...services.map((service) => mrkdwnLine(serviceName(service, spec), 100)),
    ...Object.entries(labels).map(([name, value]) => mrkdwnLine(`${name}=${value}`, 100)),
  ];
  const shown = words.slice(0, 12);
  return shown.length < words.length ? `${shown.join(', ')} and ${words.length - shown.length} more` : shown.join(', ');
}

/** The state in a few words, with since or until when. */
export function windowState(window: MaintenanceWindow): string {
  const { status, started, ended, cancelled, overranAt, endsAt } = window;
  if (cancelled !== null) return `Cancelled ${when(cancelled.at)}: ${mrkdwnLine(cancelled.reason, 400)}`;
  if (ended !== null) {
    const late = ended.overrun >= 60_000 ? `, ${durationWords(ended.overrun)} after its planned end` : '';
    return `Ended ${when(ended.at)}${late}`;
  }
  if (status === 'started') {
    if (overranAt !== null) return `Under way, over its time since ${when(endsAt)}`;
    return started === null ? STATUS_WORD.started : `Under way since ${when(started.at)}`;
  }
  return isApproved(window) ? STATUS_WORD[status] : 'Waits for approval';
}

/** Who leads it, or which team answers for it. */
export function leadWords({ lead, owner }: MaintenanceWindow, spec: OperationsSpec): string {
  if (lead !== null) return userName(lead);
  return owner === null ? 'nobody yet' : teamName(spec, owner);
}

/** Whom a rule names, so that they can be asked. */
export function approverWords(rule: PermissionRule, spec: OperationsSpec): string {
  if (rule === 'everyone') return 'anybody else';
  const words = [
    ...rule.teams.map((team) => teamName(spec, team)),
    ...rule.users.map((user) => mrkdwnLine(spec.contacts[user]?.name ?? `<@${user}>`, 100)),
    ...rule.groups.map((group) => `user group ${group}`),
  ];
  return words.slice(0, 10).join(' or ');
}

/** Another window at the same time. */
export function overlapWords(overlap: Overlap): string {
  const name =
    overlap.window === null
      ? mrkdwnLine(overlap.title, 150)
      : windowName({ number: overlap.window, title: overlap.title });
  return `${name}, ${spanWords(overlap)}`;
}

/** State, number, title, when, and who has it, in one line. */
export function windowLine(window: MaintenanceWindow, spec: OperationsSpec): string {
  const who = leadWords(window, spec);
  const time = window.cancelled === null ? spanWords(window) : windowState(window);
  return `${windowEmoji(window)} ${windowName(window)}  ·  ${time}  ·  ${who}`;
}

/** With what else it is under way, each a sentence. */
export function clashesOf({ overlaps }: Pick<MaintenanceWindow, 'overlaps'>): string[] {
  const others = overlaps.slice(0, 3).map((one) => `:twisted_rightwards_arrows: Overlaps ${overlapWords(one)}.`);
  return overlaps.length > 3 ? [...others, `and ${overlaps.length - 3} more at the same time.`] : others;
}

/** What its planner should know about it, each a sentence. */
export function warningsOf(window: MaintenanceWindow): string[] {
  const { startsAt, endsAt, typical, shortNotice } = window;
  const length = Date.parse(endsAt) - Date.parse(startsAt);
  const long =
    typical !== null && length > typical && window.occurrence === null
      ? [`:hourglass: Longer than usual: such work takes ${durationWords(typical)}.`]
      : [];
  const short = shortNotice === '' ? [] : [`:zap: Short notice: ${mrkdwnLine(shortNotice, 400)}`];
  return [...long, ...clashesOf(window), ...short];
}
