import type { KnownBlock } from '@slack/types';
import { type DutyRun, graceEndsAt, isOpenRun } from '../src/domain/duty/run.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { context, fields, header, type Rendered, section } from './elements.ts';
import { CUT, link, mrkdwn, mrkdwnLine } from './escape.ts';
import { attemptBlocks, attemptState } from './run-attempt.ts';
import { runButtons } from './run-buttons.ts';
import {
  EVIDENCE_WORD,
  endWords,
  evidenceWords,
  RUN_EMOJI,
  RUN_STATUS_WORD,
  runHeading,
  runName,
  teamName,
} from './run-words.ts';
import { actorName, userName, when } from './words.ts';

/** Slack's longest section. */
const SECTION_LIMIT = 3000;
/** Longest step of a checklist in one line. */
const STEP = 200;

/**
 * The card of a run, edited in place for the run's life: what is asked of whom, until when, and how it stands. One screen, and
 * a few lines once it has ended: whoever scrolls past it needs the outcome only.
 */
export function runCard(run: DutyRun, spec: OperationsSpec): Rendered {
  const asked = isOpenRun(run) ? askedBlocks(run, spec) : [section(endedLine(run, spec))];
  const blocks: KnownBlock[] = [header(runHeading(run)), ...asked, ...attemptBlocks(run, spec)];
  // What Mainstay did itself stands above already.
  if (run.end?.how === 'done' && run.end.by.kind !== 'system' && run.end.evidence.length > 0)
    blocks.push(section(evidenceOf(run.end.evidence)));
  blocks.push(...stateLines(run), ...runButtons(run), context(footOf(run)));
  const { word } = attemptState(run) ?? { word: RUN_STATUS_WORD[run.status] };
  return { text: `${runName(run)}: ${word.toLowerCase()}`, blocks };
}

function askedBlocks(run: DutyRun, spec: OperationsSpec): KnownBlock[] {
  return [
    fields(factsOf(run, spec)),
    ...(run.description === null ? [] : [section(mrkdwn(run.description, 600))]),
    ...(run.checklist.length === 0 ? [] : [section(checklistOf(run))]),
  ];
}

/** How it ended, of what was asked of whom. */
function endedLine(run: DutyRun, spec: OperationsSpec): string {
  const { checklist, ticked, dueAt, owner } = run;
  const steps = checklist.length === 0 ? '' : `, ${ticked.length} of ${checklist.length} steps ticked`;
  return `${stateFact(run)}\nWas due ${when(dueAt)}, ${teamName(spec, owner)}${steps}`;
}

function factsOf(run: DutyRun, spec: OperationsSpec): string[] {
  return [
    `*State*\n${stateFact(run)}`,
    `*Due*\n${dueFact(run)}`,
    `*Owner*\n${teamName(spec, run.owner)}`,
    `*Taken by*\n${run.takenBy === null ? 'nobody yet' : userName(run.takenBy)}`,
    ...(run.evidence === 'none' ? [] : [`*Evidence*\n${evidenceFact(run)}`]),
  ];
}

function stateFact(run: DutyRun): string {
  const { status, end } = run;
  if (end !== null) return `${RUN_EMOJI[status]} ${capital(endWords(end, 400))}`;
  const own = `${RUN_EMOJI[status]} ${RUN_STATUS_WORD[status]}`;
  const attempt = attemptState(run);
  return attempt === null ? own : `${attempt.emoji} ${attempt.word}\n${own}`;
}

function dueFact(run: DutyRun): string {
  if (run.grace === 0) return when(run.dueAt);
  const graceEnd = graceEndsAt(run);
  return run.status === 'late'
    ? `${when(run.dueAt)}, late since ${when(graceEnd)}`
    : `${when(run.dueAt)}, in time until ${when(graceEnd)}`;
}

function evidenceFact({ evidence, evidenceKinds }: DutyRun): string {
  return `${evidence}: ${evidenceKinds.map((kind) => EVIDENCE_WORD[kind]).join(' or ')}`;
}

function checklistOf({ checklist, ticked }: DutyRun): string {
  const lines = ['*Checklist*'];
  let length = lines[0]?.length ?? 0;
  for (const [index, step] of checklist.entries()) {
    const line = `${ticked.includes(index) ? ':white_check_mark:' : ':white_large_square:'} ${mrkdwnLine(step, STEP)}`;
    length += line.length + 1;
    if (length > SECTION_LIMIT - 40) return [...lines, `${CUT} and ${checklist.length - index} more steps`].join('\n');
    lines.push(line);
  }
  return lines.join('\n');
}

function evidenceOf(evidence: Extract<NonNullable<DutyRun['end']>, { how: 'done' }>['evidence']): string {
  return mostOf(['*Evidence*', ...evidence.map((piece) => evidenceWords(piece, 1500))]);
}

/** As many whole lines as a section holds. */
function mostOf(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) {
    if (text.length + line.length + 1 > SECTION_LIMIT - 2) return `${text}\n${CUT}`;
    text += text === '' ? line : `\n${line}`;
  }
  return text;
}

/** What everybody should know about an open run beside its facts: who cannot, who comes back to it when, who was told. */
function stateLines(run: DutyRun): KnownBlock[] {
  if (!isOpenRun(run)) return [];
  const lines: string[] = [];
  if (run.cannot !== null && run.takenBy === null)
    lines.push(`:raised_hand: ${actorName(run.cannot.by)} cannot: ${mrkdwnLine(run.cannot.reason, 600)}`);
  if (run.snooze !== null)
    lines.push(`:zzz: ${actorName(run.snooze.by)} comes back to it ${when(run.snooze.until)}; it stays due as it was.`);
  if (run.told.length > 0) lines.push(`:bell: Told: ${run.told.slice(0, 20).map(userName).join(', ')}`);
  return lines.length === 0 ? [] : [context(...lines)];
}

function footOf({ runbook, type, clauses, controls }: DutyRun): string {
  const parts = [
    ...(runbook === null ? [] : [link(runbook, 'Runbook')]),
    `${type} maintenance`,
    ...(clauses.length === 0 ? [] : [`clause ${mrkdwnLine(clauses.join(', '), 300)}`]),
    ...(controls.length === 0 ? [] : [mrkdwnLine(controls.join(', '), 300)]),
  ];
  return parts.join('  ·  ');
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
