import type { ActionsBlock, Button } from '@slack/types';
import { awaitsApproval, isRunning } from '../src/domain/duty/attempt.ts';
import { type DutyRun, isOpenRun, type RunStatus } from '../src/domain/duty/run.ts';
import { actions, button } from './elements.ts';

/**
 * The buttons of a run: `action_id` is the key, `value` the run's number. Those whose label ends in "…" open a form; the
 * others act or answer at once.
 */
export const RUN_BUTTONS = {
  'run.take': 'Take',
  'run.done': 'Done…',
  'run.tick': 'Checklist…',
  'run.snooze': 'Snooze…',
  'run.cannot': 'Cannot…',
  'run.skip': 'Skip…',
  'run.waive': 'Waive…',
  'run.show': 'Show',
  'run.run': 'Run now',
  'run.approve': 'Approve and run',
  'run.decline': 'Decline…',
  'run.output': 'Full output',
} as const;

export type RunButton = keyof typeof RUN_BUTTONS;

const WORK: readonly RunButton[] = ['run.take', 'run.done', 'run.tick', 'run.snooze', 'run.cannot', 'run.skip'];

/** What is worth a button in each state; what the state refuses is none. */
const BUTTONS_IN: Record<RunStatus, readonly RunButton[]> = {
  planned: WORK,
  due: WORK,
  late: WORK,
  done: [],
  skipped: [],
  missed: ['run.waive'],
  failed: ['run.waive'],
  waived: [],
  satisfied: [],
};

/** What ends a run is refused while Mainstay is at it. */
const NOT_WHILE_RUNNING: readonly RunButton[] = ['run.done', 'run.skip', 'run.waive'];

/** One of a run's buttons. */
export function runButton(id: RunButton, number: number, style?: 'primary' | 'danger'): Button {
  return button(id, RUN_BUTTONS[id], String(number), style);
}

/** The row of buttons under a run's card, the next step standing out; none where nothing can be done any more. */
export function runButtons(run: DutyRun): ActionsBlock[] {
  const { number, status, takenBy, checklist } = run;
  const ids = BUTTONS_IN[status].filter(
    (id) => (id !== 'run.tick' || checklist.length > 0) && !(isRunning(run) && NOT_WHILE_RUNNING.includes(id)),
  );
  const own = ownButtons(run);
  const next: RunButton = takenBy === null ? 'run.take' : 'run.done';
  const isNext = (id: RunButton) => id === next && !own.some(({ style }) => style === 'primary');
  const row = [...own, ...ids.map((id) => runButton(id, number, isNext(id) ? 'primary' : undefined))];
  return row.length === 0 ? [] : [actions(...row)];
}

/** The buttons about what Mainstay does by itself. */
function ownButtons(run: DutyRun): Button[] {
  const { number, attempt, action } = run;
  if (action === null) return [];
  const output = attempt?.finished?.more === true ? [runButton('run.output', number)] : [];
  if (!isOpenRun(run) || isRunning(run)) return output;
  if (attempt !== null && awaitsApproval(run)) {
    // Bound to this preview: another one is another question.
    const seen = `${number}:${attempt.number}`;
    const approve = button('run.approve' satisfies RunButton, RUN_BUTTONS['run.approve'], seen, 'primary');
    return [approve, runButton('run.decline', number, 'danger'), ...output];
  }
  if (attempt?.mode === 'run' && attempt.finished?.outcome === 'succeeded') return output;
  if (attempt === null && run.notRun !== null) return output;
  const label = attempt?.mode === 'run' ? 'Run again' : RUN_BUTTONS['run.run'];
  return [
    button('run.run' satisfies RunButton, label, String(number), attempt === null ? undefined : 'primary'),
    ...output,
  ];
}
