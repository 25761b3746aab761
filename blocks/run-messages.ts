import type { Message } from '../src/domain/delivery.ts';
import type { RunEvent } from '../src/domain/duty/events.ts';
import { type DutyRun, graceEndsAt, type RunStatus } from '../src/domain/duty/run.ts';
import { runSubject } from '../src/domain/event.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { context, type Rendered, section } from './elements.ts';
import { link, mrkdwnLine } from './escape.ts';
import { actorName, userName, when } from './words.ts';

type Of<Type extends Message['type']> = Extract<Message, { type: Type }>;
type Named = { readonly run: number; readonly title: string };

export const RUN_STATUS_WORD: Record<RunStatus, string> = {
  planned: 'Coming',
  due: 'Due',
  late: 'Late',
  done: 'Done',
  skipped: 'Skipped',
  missed: 'Missed',
  waived: 'Waived',
  satisfied: 'Done with another duty',
};

/** The card of a run: what is asked of whom, until when, and how it stands. */
export function runCard(run: DutyRun, spec: OperationsSpec): Rendered {
  const { number, title, checklist, ticked, runbook, clauses, takenBy } = run;
  const items = checklist.map(
    (item, index) => `${ticked.includes(index) ? ':white_check_mark:' : '•'} ${mrkdwnLine(item, 200)}`,
  );
  const who = takenBy === null ? `${teamName(spec, run.owner)} answers for it` : `${userName(takenBy)} does it`;
  const facts = [
    `Due ${when(run.dueAt)}, in time until ${when(graceEndsAt(run))}`,
    who,
    ...(runbook === null ? [] : [link(runbook, 'Runbook')]),
    ...(clauses.length === 0 ? [] : [mrkdwnLine(clauses.join(', '), 300)]),
  ];
  return {
    text: `${runSubject(number)} ${mrkdwnLine(title, 300)}: ${RUN_STATUS_WORD[run.status]}`,
    blocks: [
      section(`*${runSubject(number)} ${mrkdwnLine(title, 300)}* · ${RUN_STATUS_WORD[run.status]}`),
      ...(items.length === 0 ? [] : [section(items.join('\n').slice(0, 3000))]),
      context(facts.join(' · ')),
    ],
  };
}

/** The word beforehand; once it is due it only says what became of it. */
export function runAnnouncement(run: DutyRun, spec: OperationsSpec): Rendered {
  const name = nameOf({ run: run.number, title: run.title });
  const words =
    run.status === 'planned'
      ? `:calendar: ${name} will be due ${when(run.dueAt)}. ${teamName(spec, run.owner)} answers for it.`
      : `:calendar: ${name}, due ${when(run.dueAt)}: ${RUN_STATUS_WORD[run.status].toLowerCase()}.`;
  return { text: words, blocks: [section(words)] };
}

/** A line in the owner's channel. */
export function runEvent(message: Of<'run-event'>): Rendered {
  const words = `${nameOf(message)} ${eventWords(message.event, message)}`;
  return { text: words, blocks: [section(words)] };
}

function eventWords(event: RunEvent, { actor }: Of<'run-event'>): string {
  switch (event.kind) {
    case 'run.late':
      return 'is late: its grace is over.';
    case 'run.missed':
      return event.asked ? 'was missed.' : 'was missed: Mainstay was not running while it was due.';
    case 'run.cannot':
      return `cannot be done by ${actorName(actor)}: ${mrkdwnLine(event.reason, 500)} Somebody else is needed.`;
    default:
      throw new Error(`nobody is told of ${event.kind}`);
  }
}

const WHY: Record<Of<'run-escalation'>['why'], string> = {
  late: 'is late and not done',
  missed: 'was missed',
  cannot: 'needs somebody else',
};

/** To the contact whose turn it is. */
export function runEscalation(message: Of<'run-escalation'>, spec: OperationsSpec): Rendered {
  const { why, dueAt, reason, owner } = message;
  const said = reason === null ? '' : ` Said: ${mrkdwnLine(reason, 500)}`;
  const words = `:bell: ${nameOf(message)} ${WHY[why]}. It was due ${when(dueAt)}; ${teamName(spec, owner)} answers for it.${said}`;
  return { text: words, blocks: [section(words)] };
}

/** A snooze has ended. */
export function runReminder(message: Of<'run-reminder'>): Rendered {
  const words = `:alarm_clock: You asked to be reminded of ${nameOf(message)}, due ${when(message.dueAt)}.`;
  return { text: words, blocks: [section(words)] };
}

/** After an outage: what nobody was asked for. */
export function runsMissed(message: Of<'runs-missed'>, spec: OperationsSpec): Rendered {
  const { count, runs, owner } = message;
  const lines = runs.map((run) => `• ${nameOf(run)}, due ${when(run.dueAt)}`);
  const more = count > runs.length ? [`and ${count - runs.length} more`] : [];
  const first = `:warning: Mainstay was not running while ${count === 1 ? 'this was' : `these ${count} were`} due; ${teamName(spec, owner)} was not asked, and the time has passed:`;
  return { text: first, blocks: [section(first), section([...lines, ...more].join('\n'))] };
}

function nameOf({ run, title }: Named): string {
  return `*${runSubject(run)} ${mrkdwnLine(title, 150)}*`;
}

/** The team's name, or its key when the spec has it no more. */
function teamName(spec: Pick<OperationsSpec, 'teams'>, key: string): string {
  return mrkdwnLine(spec.teams[key]?.name ?? key, 100);
}
