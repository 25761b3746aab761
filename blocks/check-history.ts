import type { ImageBlock } from '@slack/types';
import { windowSubject } from '../src/domain/event.ts';
import { type CheckDay, type DayMark, goodShare, markOf } from '../src/domain/health/day.ts';
import type { ChangeReason, CheckEvent } from '../src/domain/health/events.ts';
import type { CheckChange, CheckHistory } from '../src/domain/health/history.ts';
import { checkHistoryChart } from './check-history-chart.ts';
import { CHECK_EMOJI, CHECK_WORD, checkEmoji, checkName, muteOf, stateOf } from './check-words.ts';
import { context, type Rendered, section } from './elements.ts';
import { mrkdwnLine, plainLine } from './escape.ts';
import { actorName, when } from './words.ts';

/** One square a day. */
const SQUARE: Record<DayMark, string> = { good: '🟩', mostly: '🟨', bad: '🟥', unknown: '⬜' };
const ROW = 30;

const WHY: Record<ChangeReason, string> = {
  'first-good-answer': 'first good answer',
  'failed-in-a-row': 'bad answers in a row',
  'fails-again-and-again': 'failed again and again',
  recovered: 'good answers again',
  'calmed-down': 'good for long enough after flapping',
  'stays-failing': 'stayed bad after flapping',
  'got-worse': 'got worse',
  eased: 'is less severe',
  'held-by-dependency': 'what it depends on is down',
  'dependency-is-back': 'what it depends on is back',
  'could-not-tell': 'cannot be asked',
};

/** Slack's longest text for those who do not see a picture. */
const ALT = 2000;

/**
 * How one check was: its last days, the share it was well, and its last changes with their reasons.
 *
 * @param picture id of the file in Slack that shows `checkHistoryChart`; null where there is none: then a square a day stands for it
 */
export function checkHistoryMessage(history: CheckHistory, picture: string | null): Rendered {
  const { days, changes } = history;
  const head = `${checkEmoji(history)} ${checkName(history)} is ${stateOf(history)}.`;
  const share = goodShare(days);
  const known = days.filter((day) => markOf(day) !== 'unknown').length;
  const sum =
    share === null
      ? 'Nothing is known of these days yet.'
      : `Well ${percent(share)} of the time that is known, on ${known} of ${days.length} days.`;
  const mute = muteOf(history);
  const lines = [...changes].reverse().flatMap(changeLine);
  return {
    text: head,
    blocks: [
      section(head),
      ...(picture === null ? squares(days, sum) : [pictureBlock(history, picture)]),
      ...(mute === null ? [] : [context(mute)]),
      ...(lines.length === 0 ? [] : [section(lines.join('\n'))]),
    ],
  };
}

function squares(days: CheckHistory['days'], sum: string) {
  return [
    section(bars(days).join('\n')),
    context(
      `The last ${days.length} days, oldest first: ${SQUARE.good} well, ${SQUARE.mostly} mostly, ${SQUARE.bad} bad, ${SQUARE.unknown} unknown. ${sum}`,
    ),
  ];
}

function pictureBlock(history: CheckHistory, picture: string): ImageBlock {
  return { type: 'image', slack_file: { id: picture }, alt_text: plainLine(checkHistoryChart(history).alt, ALT) };
}

function bars(days: readonly (CheckDay | null)[]): string[] {
  const rows: string[] = [];
  for (let first = 0; first < days.length; first += ROW) {
    rows.push(
      days
        .slice(first, first + ROW)
        .map((day) => SQUARE[markOf(day)])
        .join(''),
    );
  }
  return rows;
}

/** Never rounded up to a hundred. */
function percent(share: number): string {
  return share === 1 ? '100 %' : `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
}

function changeLine({ body, at: occurredAt, actor }: CheckChange): string[] {
  const at = when(occurredAt);
  switch (body?.kind) {
    case 'check.changed':
      return [`${CHECK_EMOJI[body.to]} ${at}  ${CHECK_WORD[body.to]}: ${WHY[body.reason]}${saidAs(body)}`];
    case 'check.muted':
      return [
        `:no_bell: ${at}  muted by ${actorName(actor)} until ${when(body.until)}: ${mrkdwnLine(body.reason, 120)}`,
      ];
    case 'check.unmuted':
      return [`:bell: ${at}  ${body.why === 'expired' ? 'the mute was over' : `unmuted by ${actorName(actor)}`}`];
    case 'check.released': {
      const told = body.group !== null || body.unclearTold ? 'people were told' : 'there was nothing to tell';
      return [`:construction: ${at}  ${windowSubject(body.window)} over: ${told}`];
    }
    default:
      return [];
  }
}

function saidAs({ to, because, detail, window }: Extract<CheckEvent, { kind: 'check.changed' }>): string {
  if (window !== undefined) return ` (in maintenance ${windowSubject(window)}: ${mrkdwnLine(detail, 100)})`;
  if (because !== null) return ` (\`${mrkdwnLine(because, 80)}\`)`;
  return to === 'ok' || detail === '' ? '' : ` (${mrkdwnLine(detail, 120)})`;
}
