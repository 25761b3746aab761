import type { Message } from '../src/domain/delivery.ts';
import type { RunEvent } from '../src/domain/duty/events.ts';
import { type DutyRun, graceEndsAt } from '../src/domain/duty/run.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { actions, type Rendered, section } from './elements.ts';
import { mrkdwnLine } from './escape.ts';
import { OUTCOME_EMOJI, OUTCOME_WORD } from './run-attempt.ts';
import { runButton } from './run-buttons.ts';
import { endWords, RUN_EMOJI, runName, teamName } from './run-words.ts';
import { actorName, userName, when } from './words.ts';

type Of<Type extends Message['type']> = Extract<Message, { type: Type }>;

/** Longest stretch of a person's words in one line. */
const WORDS = 500;

const nameOf = ({ run, title }: { readonly run: number; readonly title: string }) => runName({ number: run, title });

/** The word beforehand; once it is due it only says what became of it. */
export function runAnnouncement(run: DutyRun, spec: OperationsSpec): Rendered {
  const words = `${RUN_EMOJI[run.status]} ${runName(run)} ${announcementWords(run, spec)}`;
  const row =
    run.status === 'planned' ? [actions(runButton('run.take', run.number), runButton('run.show', run.number))] : [];
  return { text: words, blocks: [section(words), ...row] };
}

function announcementWords(run: DutyRun, spec: OperationsSpec): string {
  const who =
    run.takenBy === null ? `${teamName(spec, run.owner)} answers for it.` : `${userName(run.takenBy)} does it.`;
  switch (run.status) {
    case 'planned':
      return `will be due ${when(run.dueAt)}. ${who}`;
    case 'due':
      return `is due since ${when(run.dueAt)}, in time until ${when(graceEndsAt(run))}. ${who}`;
    case 'late':
      return `was due ${when(run.dueAt)} and is late. ${who}`;
    default:
      return `was due ${when(run.dueAt)}${run.end === null ? '' : `: ${endWords(run.end, WORDS)}`}`;
  }
}

/** A line in the owner's channel. */
export function runEvent(message: Of<'run-event'>): Rendered {
  const words = eventWords(message.event, message);
  return { text: words, blocks: [section(words)] };
}

function eventWords(event: RunEvent, message: Of<'run-event'>): string {
  const name = nameOf(message);
  switch (event.kind) {
    case 'run.late':
      return `${RUN_EMOJI.late} ${name} is late: its grace is over and it is not done.`;
    case 'run.missed':
      return event.asked
        ? `${RUN_EMOJI.missed} ${name} was missed: its next one is due.`
        : `${RUN_EMOJI.missed} ${name} was missed: Mainstay was not running while it was due.`;
    case 'run.failed':
      return `${RUN_EMOJI.failed} ${name} has failed, and its next one is due.`;
    case 'run.finished':
      return `${OUTCOME_EMOJI[event.outcome]} ${name}: ${OUTCOME_WORD[event.outcome].toLowerCase()}: ${mrkdwnLine(event.summary, WORDS)}\nIts card has the output, and a button to run it again.`;
    case 'run.cannot':
      return `:raised_hand: ${name}: ${actorName(message.actor)} cannot do it: ${mrkdwnLine(event.reason, WORDS)}\nSomebody else is needed.`;
    default:
      throw new Error(`the channel is told nothing of ${event.kind}`);
  }
}

const WHY: Record<Of<'run-escalation'>['why'], string> = {
  late: 'is late and not done',
  missed: 'was missed',
  failed: 'has failed',
  cannot: 'needs somebody else',
};

/** To the contact whose turn it is, with the buttons that help; one that was missed or has failed can only be looked at. */
export function runEscalation(message: Of<'run-escalation'>, spec: OperationsSpec): Rendered {
  const { why, dueAt, reason, owner, run } = message;
  const said = reason === null ? '' : `\n>${mrkdwnLine(reason, WORDS)}`;
  const words = `:bell: ${nameOf(message)} ${WHY[why]}. It was due ${when(dueAt)}; ${teamName(spec, owner)} answers for it.${said}`;
  // What failed is mended on its card, where the output stands.
  const take = why === 'missed' || why === 'failed' ? [] : [runButton('run.take', run, 'primary')];
  return { text: words, blocks: [section(words), actions(...take, runButton('run.show', run))] };
}

/** A snooze has ended. */
export function runReminder(message: Of<'run-reminder'>): Rendered {
  const { run, dueAt } = message;
  const words = `:alarm_clock: You asked to be reminded of ${nameOf(message)}, due ${when(dueAt)}.`;
  const row = actions(
    runButton('run.done', run, 'primary'),
    runButton('run.snooze', run),
    runButton('run.cannot', run),
    runButton('run.show', run),
  );
  return { text: words, blocks: [section(words), row] };
}

/** After an outage: what nobody was asked for. */
export function runsMissed(message: Of<'runs-missed'>, spec: OperationsSpec): Rendered {
  const { count, runs, owner } = message;
  const lines = runs.map((run) => `• ${nameOf(run)}, due ${when(run.dueAt)}`);
  const more = count > runs.length ? [`and ${count - runs.length} more: \`/maintenance history\``] : [];
  const first = `:warning: Mainstay was not running while ${count === 1 ? 'this was' : `these ${count} were`} due; ${teamName(spec, owner)} was not asked, and the time has passed:`;
  return { text: first, blocks: [section(first), section([...lines, ...more].join('\n'))] };
}
