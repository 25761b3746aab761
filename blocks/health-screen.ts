import type { KnownBlock } from '@slack/types';
import { windowSubject } from '../src/domain/event.ts';
import { type CheckView, isStillToAnswer, worstFirst } from '../src/domain/health/view.ts';
import { checkLine, checkName } from './check-words.ts';
import { context, type Rendered, section } from './elements.ts';
import { CUT, mrkdwnLine } from './escape.ts';
import { when } from './words.ts';

/** Lines that are not green, on one screen. */
const MOST = 20;
const PER_SECTION = 4;
/** Characters of one line of names. */
const NAMES = 2_500;

export interface ScreenFacts {
  readonly views: readonly CheckView[];
  /** When they were asked; ISO or Date. Null when nobody asked just now. */
  readonly askedAt: Date | null;
  /** Answers are still to come. */
  readonly open: boolean;
}

/** Checks as they stand, the worst first: what is green folds to a line, what is not connected stands apart. */
export function healthScreen({ views, askedAt, open }: ScreenFacts): Rendered {
  const asked = views.filter(({ notConnected }) => notConnected === null);
  const absent = views.filter(({ notConnected }) => notConnected !== null);
  const waiting = open && askedAt !== null ? asked.filter((view) => isStillToAnswer(view, askedAt)) : [];
  const green = asked.filter(({ state }) => state.status === 'ok' && state.mute === null);
  const quiet = [...new Set(asked.flatMap(({ window }) => window ?? []))].map(windowSubject);
  const other = worstFirst(asked.filter((view) => !green.includes(view)));
  const title = titleOf(asked.length, other, waiting.length, askedAt);
  return {
    text: title,
    blocks: [
      section(title),
      ...sections(other.slice(0, MOST).map(checkLine)),
      ...(other.length > MOST
        ? [context(`${CUT} and ${other.length - MOST} more. Name a service to see only its own.`)]
        : []),
      ...(green.length === 0 ? [] : [context(`:large_green_circle: ${green.length} well: ${names(green)}`)]),
      ...(quiet.length === 0
        ? []
        : [
            context(
              `:construction: In maintenance ${quiet.slice(0, 5).join(', ')}: what fails there is told at its end.`,
            ),
          ]),
      ...(absent.length === 0 ? [] : [context(`:white_circle: Not connected: ${reasons(absent)}`)]),
    ],
  };
}

function titleOf(count: number, other: readonly CheckView[], waiting: number, askedAt: Date | null): string {
  const at = askedAt === null ? '' : `, asked ${when(askedAt)}`;
  if (count === 0) return '*Health*: no check of the spec can be asked here.';
  const bad = other.filter(({ state }) => state.status === 'failing' || state.status === 'flapping').length;
  const verdict =
    bad > 0
      ? `*${bad} of ${count} checks fail*`
      : other.length === 0
        ? `*All ${count} checks are well*`
        : `*${count} checks*, none fails`;
  const rest = waiting === 0 ? '' : `  ·  :hourglass: ${waiting} still to answer`;
  return `${verdict}${at}${rest}`;
}

function sections(lines: readonly string[]): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  for (let first = 0; first < lines.length; first += PER_SECTION) {
    blocks.push(section(lines.slice(first, first + PER_SECTION).join('\n')));
  }
  return blocks;
}

function names(views: readonly CheckView[]): string {
  return joined(views.map(({ check }) => mrkdwnLine(check.title, 60)));
}

function reasons(views: readonly CheckView[]): string {
  return joined(views.map((view) => `${checkName(view)} (${mrkdwnLine(view.notConnected ?? '', 120)})`));
}

function joined(words: readonly string[]): string {
  let text = '';
  for (const [index, word] of words.entries()) {
    if (text.length + word.length > NAMES) return `${text} ${CUT} and ${words.length - index} more`;
    text += text === '' ? word : `, ${word}`;
  }
  return text;
}
