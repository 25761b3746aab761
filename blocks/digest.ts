import type { KnownBlock } from '@slack/types';
import type { DailyDigest } from '../src/domain/digest/daily.ts';
import type { DigestLine, DigestMark, DigestSection } from '../src/domain/digest/section.ts';
import { actions, button, context, type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine, plainLine } from './escape.ts';
import { OUTCOME_EMOJI } from './run-attempt.ts';
import { runButton } from './run-buttons.ts';
import { RUN_EMOJI } from './run-words.ts';
import { SEVERITY_EMOJI, userName, when } from './words.ts';

/** Shows whoever clicks it what is theirs. */
export const MY_DUTIES_BUTTON = 'digest.mine';

/** Longest title in a line. */
const TITLE = 80;
/** Buttons beside lines: more would be a screen of their own. */
const MOST_TAKES = 3;

const MARKS: Record<DigestMark, string> = {
  ...SEVERITY_EMOJI,
  unrated: ':white_circle:',
  failed: RUN_EMOJI.failed,
  'not-run': OUTCOME_EMOJI['could-not-run'],
  late: RUN_EMOJI.late,
  due: RUN_EMOJI.due,
  coming: RUN_EMOJI.planned,
  missed: RUN_EMOJI.missed,
  done: RUN_EMOJI.done,
  owed: ':page_facing_up:',
};

/** What matters to a team today: a headline, a part for each thing that is not well, and one line for what is. */
export function digestMessage(digest: DailyDigest): Rendered {
  const { sections, green, name, late, dueAt } = digest;
  const title = `${bold(name, 100)}  ·  ${dayWords(digest.day)}`;
  const well = green.length === 0 ? '' : `:white_check_mark: ${sentence(green)}`;
  if (sections.length === 0) {
    const all = `${title}  ·  ${well === '' ? ':white_check_mark: Nothing to say.' : well}`;
    return { text: all, blocks: [section(`${all}${lateWords(late, dueAt)}`)] };
  }
  const sums = sections.map(({ sum }) => sum).filter((sum) => sum !== '');
  const text = `${plainLine(name, 100)}, ${dayWords(digest.day)}: ${sums.join(', ') || 'what changed'}`;
  const takes = takesOf(sections);
  return {
    text: mrkdwnLine(text, 300),
    blocks: [
      section(`${title}${sums.length === 0 ? '' : `\n${sums.join('  ·  ')}`}${lateWords(late, dueAt)}`),
      ...sections.flatMap((part) => sectionBlocks(part, takes)),
      ...(well === '' ? [] : [context(well)]),
      ...(sections.some((part) => part.name === 'duties')
        ? [actions(button(MY_DUTIES_BUTTON, 'My duties', digest.team))]
        : []),
    ],
  };
}

function sectionBlocks({ title, lines, left, more }: DigestSection, takes: ReadonlySet<DigestLine>): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let joined = [`*${title}*`];
  const flush = () => {
    if (joined.length > 0) blocks.push(section(joined.join('\n')));
    joined = [];
  };
  for (const line of lines) {
    if (line.take === null || !takes.has(line)) {
      joined.push(lineWords(line));
      continue;
    }
    flush();
    blocks.push({ ...section(lineWords(line)), accessory: runButton('run.take', line.take) });
  }
  flush();
  if (left > 0) blocks.push(context(`and ${left} more${more === null ? '' : `: \`${more}\``}`));
  return blocks;
}

/** The first lines of all that somebody could take. */
function takesOf(sections: readonly DigestSection[]): ReadonlySet<DigestLine> {
  return new Set(sections.flatMap(({ lines }) => lines.filter(({ take }) => take !== null)).slice(0, MOST_TAKES));
}

function lineWords({ mark, subject, title, said, at, who, channel }: DigestLine): string {
  const name = subject === null ? '' : `*${subject}* `;
  const state = [said, at === null ? '' : when(at)].filter((word) => word !== '').join(' ');
  return [
    `${MARKS[mark]} ${name}${mrkdwnLine(title, TITLE)}`,
    ...(state === '' ? [] : [state]),
    ...(who === null ? [] : [userName(who)]),
    ...(channel === null ? [] : [`<#${channel}>`]),
  ].join('  ·  ');
}

function lateWords(late: boolean, dueAt: string): string {
  return late ? `\n:hourglass: Late: it was due ${when(dueAt)}.` : '';
}

function sentence(parts: readonly string[]): string {
  const [first = '', ...rest] = parts;
  return `${[first.charAt(0).toUpperCase() + first.slice(1), ...rest].join('  ·  ')}.`;
}

/** "Monday 23 November": of the team's own calendar, so no zone of a reader changes it. */
function dayWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
}
