import type { KnownBlock } from '@slack/types';
import type { RunEvent } from '../src/domain/duty/events.ts';
import type { DutyRun } from '../src/domain/duty/run.ts';
import { runSubject, type StoredEvent } from '../src/domain/event.ts';
import { formatDuration } from '../src/domain/spec/duration.ts';
import { context, header, type Rendered, section } from './elements.ts';
import { CUT, mrkdwnLine } from './escape.ts';
import { OUTCOME_EMOJI, OUTCOME_WORD } from './run-attempt.ts';
import { evidenceWords, RUN_EMOJI, runHeading, runName } from './run-words.ts';
import { actorName, userName, when } from './words.ts';

/** How much of a long history one answer shows: its end. Longest stretch of a person's words. */
const MOST = 40;
const WORDS = 400;
const PER_SECTION = 3;

/** What happened to one run, in order, each line with the place in the log that says so. */
export function runHistory(run: DutyRun, events: readonly StoredEvent<RunEvent>[]): Rendered {
  const shown = events.slice(-MOST);
  const left = events.length - shown.length;
  const lines = shown.map(
    (event) => `${when(event.occurredAt)}  ${words(event)}  \`${runSubject(run.number)}#${event.seq}\``,
  );
  const blocks: KnownBlock[] = [header(runHeading(run))];
  if (left > 0) blocks.push(context(`${CUT} ${left} earlier left out`));
  for (let first = 0; first < lines.length; first += PER_SECTION)
    blocks.push(section(lines.slice(first, first + PER_SECTION).join('\n')));
  return { text: `History of ${runName(run)}`, blocks };
}

function words({ body, actor, kind }: StoredEvent<RunEvent>): string {
  const who = actorName(actor);
  if (body === null) return `:wastebasket: what \`${kind}\` said was erased`;
  switch (body.kind) {
    case 'run.planned':
      return `${RUN_EMOJI.planned} planned, due ${when(body.terms.dueAt)}`;
    case 'run.announced':
      return ':mega: announced';
    case 'run.due':
      return `${RUN_EMOJI.due} the team was asked`;
    case 'run.taken':
      return `:bust_in_silhouette: taken by ${userName(body.by)}${body.from === null ? '' : `, from ${userName(body.from)}`}`;
    case 'run.ticked':
      return `:ballot_box_with_check: ${who} ticked ${body.items.length} of the checklist`;
    case 'run.not-run':
      return `:electric_plug: not connected, nothing was run: ${mrkdwnLine(body.reason, WORDS)}`;
    case 'run.started':
      return `:arrow_forward: ${body.mode === 'run' ? 'to be run' : 'to be previewed'} by Mainstay${body.why === 'asked' ? `, as ${who} asked` : ''}`;
    case 'run.begun':
      return ':hourglass_flowing_sand: begun';
    case 'run.finished':
      return `${OUTCOME_EMOJI[body.outcome]} ${OUTCOME_WORD[body.outcome].toLowerCase()} after ${formatDuration(body.took)}: ${mrkdwnLine(body.summary, WORDS)}`;
    case 'run.approved':
      return `:ballot_box_with_check: approved by ${who}`;
    case 'run.declined':
      return `:no_entry_sign: declined by ${who}: ${mrkdwnLine(body.reason, WORDS)}`;
    case 'run.failed':
      return `${RUN_EMOJI.failed} ended as failed: its next one is due`;
    case 'run.done':
      return [
        `${RUN_EMOJI.done} done${body.late ? ' late' : ''} by ${who}`,
        ...body.evidence.slice(0, 3).map((proof) => evidenceWords(proof, 300)),
      ].join('  ·  ');
    case 'run.skipped':
      return `${RUN_EMOJI.skipped} skipped by ${who}: ${mrkdwnLine(body.reason, WORDS)}`;
    case 'run.snoozed':
      return `:zzz: snoozed by ${who} until ${when(body.until)}`;
    case 'run.reminded':
      return ':alarm_clock: reminded, as asked';
    case 'run.cannot':
      return `:raised_hand: ${who} cannot: ${mrkdwnLine(body.reason, WORDS)}`;
    case 'run.late':
      return `${RUN_EMOJI.late} late`;
    case 'run.escalated':
      return body.told === null ? ':bell: there was nobody to tell' : `:bell: ${userName(body.told)} was told`;
    case 'run.missed':
      return `${RUN_EMOJI.missed} missed${body.asked ? '' : ': Mainstay was not running'}`;
    case 'run.waived':
      return `${RUN_EMOJI.waived} waived${body.of === null ? ` by ${who}` : ` with ${runSubject(body.of)}`}: ${mrkdwnLine(body.reason, WORDS)}`;
    case 'run.satisfied':
      return `${RUN_EMOJI.satisfied} done with \`${mrkdwnLine(body.duty, 100)}\``;
    case 'permission.refused':
      return `:no_entry: ${who} may not: ${mrkdwnLine(body.verb, 100)}`;
    case 'event.erased':
      return `:wastebasket: ${who} erased what event ${body.seq} said: ${mrkdwnLine(body.reason, WORDS)}`;
    case 'event.expired':
      return `:wastebasket: what was said up to event ${body.throughSeq} was deleted at the end of its retention`;
  }
}
