import { runSubject } from '../event.ts';
import { refused } from '../outcome.ts';
import { isRunning } from './attempt.ts';
import type { RunRefusal, RunRefused } from './refusals.ts';
import type { DutyRun, RunStatus } from './run.ts';

/** Everything somebody can do to a run. */
export type RunMove = 'take' | 'tick' | 'done' | 'skip' | 'snooze' | 'cannot' | 'waive' | 'run' | 'approve' | 'decline';

type StateRefusal = Extract<
  RunRefusal,
  'already-done' | 'already-skipped' | 'already-missed' | 'already-failed' | 'already-waived' | 'satisfied'
>;

/** How a run that has ended answers whatever is asked of it. */
const ENDED = {
  done: 'already-done',
  skipped: 'already-skipped',
  missed: 'already-missed',
  failed: 'already-failed',
  waived: 'already-waived',
  satisfied: 'satisfied',
} as const satisfies Partial<Record<RunStatus, StateRefusal>>;

const OPEN = { planned: 'ok', due: 'ok', late: 'ok' } as const;

/**
 * What may be done in which status, and why not. An open run takes every move, also before it is due: work may be done
 * early. Of those that ended only one that was missed or failed still takes a waiver, because exemptions are often agreed to afterwards.
 */
const TABLE: Record<RunMove, Record<RunStatus, 'ok' | StateRefusal>> = {
  take: { ...OPEN, ...ENDED },
  tick: { ...OPEN, ...ENDED },
  done: { ...OPEN, ...ENDED },
  skip: { ...OPEN, ...ENDED },
  snooze: { ...OPEN, ...ENDED },
  cannot: { ...OPEN, ...ENDED },
  waive: { ...OPEN, ...ENDED, missed: 'ok', failed: 'ok' },
  run: { ...OPEN, ...ENDED },
  approve: { ...OPEN, ...ENDED },
  decline: { ...OPEN, ...ENDED },
};

/** What would end a run, or run it a second time, waits while Mainstay is at it. */
const NOT_WHILE_RUNNING: readonly RunMove[] = ['done', 'skip', 'waive', 'run', 'approve', 'decline'];

/** May this be done in the status the run has? Null if so; otherwise the refusal. */
export function runRefusalFor(move: RunMove, run: DutyRun): RunRefused | null {
  const answer = TABLE[move][run.status];
  const id = runSubject(run.number);
  if (answer !== 'ok') return refused(answer, SENTENCES[answer](id, run));
  if (!isRunning(run) || !NOT_WHILE_RUNNING.includes(move)) return null;
  return refused('still-running', `Mainstay is running ${id} right now; its card shows when it has ended.`);
}

const SENTENCES: Record<StateRefusal, (id: string, run: DutyRun) => string> = {
  'already-done': (id) => `${id} is already done.`,
  'already-skipped': (id) => `${id} was skipped; its next occurrence will be asked for as ever.`,
  'already-missed': (id) =>
    `${id} was missed: its next occurrence is due already. Work on that one; \`/maintenance next\` shows it. Somebody who may can still waive ${id}.`,
  'already-failed': (id) =>
    `${id} has failed and its next occurrence is due already. Work on that one; \`/maintenance next\` shows it. Somebody who may can still waive ${id}.`,
  'already-waived': (id, { end }) =>
    end?.how === 'waived' && end.until !== null
      ? `${id} is waived, as is whatever is due until ${end.until.slice(0, 16).replace('T', ' ')} UTC.`
      : `${id} is waived.`,
  satisfied: (id, { end }) =>
    end?.how === 'satisfied'
      ? `${id} is done with ${end.duty}, which falls due on the same day: work on that one.`
      : `${id} is done with another duty.`,
};
