import type { DrillEvent, DrillRun } from '../src/domain/backup/drill.ts';
import type { StoredEvent } from '../src/domain/event.ts';
import { drillCard } from './drill-card.ts';
import { drillEmoji, drillName, drillState, lengthWords, RUNG_WORD } from './drill-words.ts';
import { context, type Rendered, section } from './elements.ts';
import { mrkdwnLine } from './escape.ts';
import { actorName, when } from './words.ts';

/** Events of one drill on one screen. */
const MOST_EVENTS = 20;

/** What whoever asked for one is told: only for them. The card shows it to everybody. */
export function drillAskedAnswer({ drill, joined }: { readonly drill: DrillRun; readonly joined: boolean }): string {
  const where = `Its card in #${mrkdwnLine(drill.channel, 80)} shows the ladder.`;
  if (joined)
    return `:mountain: ${drillName(drill)} is open already, since ${when(drill.requested.at)}: you get that one. ${where}`;
  return `:mountain: ${drillName(drill)} waits for a drill worker. ${where}`;
}

/** Drills, the latest first, with how the times went. */
export function drillHistory(drills: readonly DrillRun[], most: number): Rendered {
  if (drills.length === 0) {
    const none = 'No backup was drilled yet. `/backup drill` restores one to see whether it can be.';
    return { text: none, blocks: [section(none)] };
  }
  const lines = drills.map(
    (drill) => `${drillEmoji(drill)} ${drillName(drill)}  ${when(drill.requested.at)}\n${drillState(drill)}`,
  );
  const more = drills.length === most ? [context('Older ones are not shown.')] : [];
  return { text: '*Drills*, the latest first', blocks: [...trendOf(drills), ...lines.map(section), ...more] };
}

/** RTO and RPO of those that measured them, the oldest first, for each backup. */
function trendOf(drills: readonly DrillRun[]) {
  const keys = [...new Set(drills.map(({ backup }) => backup))];
  const lines = keys.flatMap((key) => {
    const measured = drills.filter(({ backup, result }) => backup === key && result?.measures.rto != null).toReversed();
    if (measured.length < 2) return [];
    const back = measured.map(({ result }) => lengthWords(result?.measures.rto ?? 0)).join(' → ');
    const lost = measured.map(({ result }) => lengthWords(result?.measures.rpo ?? 0)).join(' → ');
    return [`\`${key}\`  RTO ${back}\n\`${key}\`  RPO ${lost}`];
  });
  return lines.length === 0 ? [] : [section(lines.join('\n'))];
}

/** One drill with its ladder and what happened to it. */
export function drillShown(drill: DrillRun, events: readonly StoredEvent<DrillEvent>[]): Rendered {
  const { text, blocks } = drillCard(drill);
  return { text, blocks: [...blocks, section(events.slice(-MOST_EVENTS).map(eventLine).join('\n'))] };
}

const EVENT_WORDS: Record<DrillEvent['kind'], string> = {
  'drill.requested': 'asked for',
  'drill.began': 'taken by a drill worker',
  'drill.reached': 'looks at',
  'drill.interrupted': 'interrupted: its worker ended',
  'drill.ended': 'ended',
  'drill.not-made': 'could not be made',
  'permission.refused': 'refused: not permitted',
  'event.erased': 'an event was erased',
  'event.expired': 'events expired',
};

function eventLine({ seq, kind, body, actor, occurredAt }: StoredEvent<DrillEvent>): string {
  const more = body?.kind === 'drill.reached' ? `: ${RUNG_WORD[body.rung].toLowerCase()}` : '';
  return `#${seq}  ${when(occurredAt)}  ${EVENT_WORDS[kind]}${more}  ·  ${actorName(actor)}`;
}
