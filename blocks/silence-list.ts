import type { KnownBlock } from '@slack/types';
import type { ListedSilence } from '../src/domain/alert/listed-silence.ts';
import { alertSubject, windowSubject } from '../src/domain/event.ts';
import type { Matcher } from '../src/domain/window/silence.ts';
import { button, context, plainText, type Rendered, section } from './elements.ts';
import { CUT, mrkdwnLine, plainLine } from './escape.ts';
import { when } from './words.ts';

/** Ends a silence; its value is the target's key and Alertmanager's id, with a space between. */
export const EXPIRE_BUTTON = 'ops.expire-silence';

/** Silences on one screen. */
export const SILENCES_PER_PAGE = 10;
/** Conditions that one line shows. */
const MOST_LABELS = 5;

/** By which Mainstay finds its own again: to people the group beside it says the same. */
const MARK = / \(ALERT-\d+, asked in Slack [^)]*\)$/;

interface ShownSilences {
  readonly silences: readonly ListedSilence[];
  readonly away: readonly { readonly target: string; readonly problem: string }[];
  readonly connected: number;
  /** From 1. */
  readonly page: number;
}

/** What is silenced in Alertmanager now or will be, a screen at a time, each with a way to end it. */
export function silenceList({ silences, away, connected, page }: ShownSilences): Rendered {
  if (connected === 0) {
    const text =
      'The spec names no Alertmanager. Name it as a target: `targets: { pager: { kind: alertmanager, url: … } }`.';
    return { text, blocks: [section(text)] };
  }
  const from = (page - 1) * SILENCES_PER_PAGE;
  const shown = silences.slice(from, from + SILENCES_PER_PAGE);
  const left = silences.length - from - shown.length;
  const title = headline(silences, away.length);
  const missing = away.map(
    ({ target, problem }) => `:warning: ${mrkdwnLine(target, 80)} could not be asked: ${mrkdwnLine(problem, 200)}`,
  );
  return {
    text: title,
    blocks: [
      section(title),
      ...(missing.length === 0 ? [] : [context(...missing.slice(0, 10))]),
      ...shown.map(row),
      ...(left > 0 ? [context(`and ${left} more: \`/ops silences ${page + 1}\``)] : []),
    ],
  };
}

function headline(silences: readonly ListedSilence[], away: number): string {
  const active = silences.filter(({ state }) => state === 'active').length;
  const pending = silences.length - active;
  if (silences.length === 0) {
    return away === 0 ? ':bell: Nothing is silenced in Alertmanager.' : ':warning: What is silenced is not known.';
  }
  const later = pending === 0 ? '' : `  ·  ${pending} to come`;
  return `:no_bell: *Silences in Alertmanager*: ${active} under way${later}`;
}

function row(silence: ListedSilence): KnownBlock {
  const { id, state, createdBy, comment, startsAt, endsAt, matchers, targets, alerts, of } = silence;
  const quiet = alerts === 1 ? '1 alert' : alerts === 0 ? 'no alert' : `${alerts} alerts`;
  const span =
    state === 'pending'
      ? `:hourglass: from ${when(startsAt)} until ${when(endsAt)}`
      : `:no_bell: until ${when(endsAt)}, *${quiet}*`;
  const kept = of === null ? '' : `  ·  ${of.kind === 'window' ? windowSubject(of.number) : alertSubject(of.number)}`;
  const said = of === null ? comment : comment.replace(MARK, '');
  const words = [
    `${span}  ·  ${mrkdwnLine(createdBy, 80)}${kept}  ·  ${mrkdwnLine(targets.join(', '), 100)}`,
    matcherLine(matchers),
    ...(said === '' ? [] : [`>${mrkdwnLine(said, 300)}`]),
  ];
  const shown = section(words.join('\n'));
  // One of a window would be opened again.
  return of?.kind === 'window' ? shown : { ...shown, accessory: expireButton(`${targets[0]} ${id}`, silence) };
}

function expireButton(value: string, { createdBy, alerts, state }: ListedSilence) {
  const what = alerts === 1 ? 'The alert that it keeps quiet is' : `The ${alerts} alerts that it keeps quiet are`;
  const then =
    state === 'pending'
      ? 'It will not begin.'
      : alerts === 0
        ? 'It keeps no alert quiet now.'
        : `${what} told of again.`;
  return {
    ...button(EXPIRE_BUTTON, 'Expire…', value),
    confirm: {
      title: plainText('End this silence?'),
      text: plainText(plainLine(`${then} ${createdBy} opened it.`, 250)),
      confirm: plainText('Expire'),
      deny: plainText('Leave it'),
    },
  };
}

function matcherLine(matchers: readonly Matcher[]): string {
  const shown = matchers.slice(0, MOST_LABELS).map(({ name, value, isRegex, isEqual = true }) => {
    const sign = isRegex ? (isEqual ? '=~' : '!~') : isEqual ? '=' : '!=';
    return `${mrkdwnLine(name, 60)} ${sign} ${value === '' ? '""' : mrkdwnLine(value, 120)}`;
  });
  const left = matchers.length - shown.length;
  return [...shown, ...(left > 0 ? [`${CUT} and ${left} more`] : [])].join(', ');
}
