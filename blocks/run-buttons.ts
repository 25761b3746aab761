import type { ActionsBlock, Button } from '@slack/types';
import type { DutyRun, RunStatus } from '../src/domain/duty/run.ts';
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
  waived: [],
  satisfied: [],
};

/** One of a run's buttons. */
export function runButton(id: RunButton, number: number, style?: 'primary' | 'danger'): Button {
  return button(id, RUN_BUTTONS[id], String(number), style);
}

/** The row of buttons under a run's card, the next step standing out; none where nothing can be done any more. */
export function runButtons({ number, status, takenBy, checklist }: DutyRun): ActionsBlock[] {
  const ids = BUTTONS_IN[status].filter((id) => id !== 'run.tick' || checklist.length > 0);
  if (ids.length === 0) return [];
  const next: RunButton = takenBy === null ? 'run.take' : 'run.done';
  return [actions(...ids.map((id) => runButton(id, number, id === next ? 'primary' : undefined)))];
}
