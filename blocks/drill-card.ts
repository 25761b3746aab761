import type { SectionBlock } from '@slack/types';
import { type DrillRun, isOpenDrill } from '../src/domain/backup/drill.ts';
import { RUNGS, type Rung, type RungName } from '../src/domain/backup/ladder.ts';
import { drillButton } from './drill-buttons.ts';
import { drillEmoji, drillName, drillState, noteWords, RUNG_EMOJI, RUNG_WORD } from './drill-words.ts';
import { actions, context, type Rendered, section } from './elements.ts';
import { actorName, when } from './words.ts';

/** Notes of one rung on the card; the rest is in the log. */
const MOST_NOTES = 3;

/** A drill in its backup's channel, edited in place: the ladder, how far it is climbed, and what was measured. */
export function drillCard(drill: DrillRun): Rendered {
  const state = drillState(drill);
  const { requested, backup } = drill;
  const ladder = drill.result === null ? climbing(drill) : ladderOf(drill.result.rungs);
  return {
    text: `${drillName(drill)}: ${state}`,
    blocks: [
      section(`${drillEmoji(drill)} ${drillName(drill)}\n${state}.`),
      ...ladder,
      ...(isOpenDrill(drill) ? [] : [actions(drillButton('backup.drill', backup))]),
      context(`\`${backup}\`  ·  asked for by ${actorName(requested.by)}, ${when(requested.at)}`),
    ],
  };
}

/** What nobody should miss: a backup that was not proven. */
export function drillReport(drill: DrillRun): Rendered {
  const words = `${drillEmoji(drill)} ${drillName(drill)}: ${drillState(drill)}.`;
  const bad = (drill.result?.rungs ?? []).filter(
    ({ verdict }) => verdict === 'finding' || verdict === 'could-not-verify',
  );
  return {
    text: words,
    blocks: [
      section(words),
      ...ladderOf(bad),
      actions(drillButton('backup.drill', drill.backup), drillButton('drill.show', drill.number)),
    ],
  };
}

/** While it is climbed: the rung it is at. Not the ones before it: what they showed is judged at the end. */
function climbing({ rung, status }: DrillRun): SectionBlock[] {
  if (status !== 'running' || rung === null) return [];
  const lines = RUNGS.map((one) => `${one === rung ? ':arrow_forward:' : ':white_circle:'} ${RUNG_WORD[one]}`);
  return [section(lines.join('\n'))];
}

/** What has notes stands for itself: all of them together may be longer than Slack takes. */
function ladderOf(rungs: readonly Rung[]): SectionBlock[] {
  const pieces: string[][] = [];
  let clean = false;
  for (const rung of rungs) {
    if (clean && rung.notes.length === 0) pieces.at(-1)?.push(rungLines(rung));
    else pieces.push([rungLines(rung)]);
    clean = rung.notes.length === 0;
  }
  return pieces.map((lines) => section(lines.join('\n')));
}

function rungLines({ rung, verdict, notes, count }: Rung): string {
  const shown = notes.slice(0, MOST_NOTES).map((note) => `      ${noteWords(note)}`);
  const left = count - shown.length;
  return [rungHead(rung, verdict), ...shown, ...(left > 0 ? [`      and ${left} more`] : [])].join('\n');
}

const rungHead = (rung: RungName, verdict: Rung['verdict']) => `${RUNG_EMOJI[verdict]} ${RUNG_WORD[rung]}`;
