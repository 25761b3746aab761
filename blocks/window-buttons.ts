import type { ActionsBlock, Button } from '@slack/types';
import { isApproved, type MaintenanceWindow, owesReport } from '../src/domain/window/window.ts';
import { actions, button } from './elements.ts';

/**
 * The buttons of a window: `action_id` is the key, `value` the window's number. Those whose label ends in "…" open a form;
 * the others act or answer at once.
 */
export const WINDOW_BUTTONS = {
  'window.approve': 'Approve',
  'window.start': 'Start',
  'window.end': 'End',
  'window.extend': 'Extend…',
  'window.cancel': 'Cancel it…',
  'window.report': 'What was done…',
  'window.declare': 'Declare incident…',
  'window.info': 'Show',
} as const;

export type WindowButton = keyof typeof WINDOW_BUTTONS;

/** One of a window's buttons. */
export function windowButton(id: WindowButton, number: number, style?: 'primary' | 'danger'): Button {
  return button(id, WINDOW_BUTTONS[id], String(number), style);
}

/** The row of buttons under a window's card, the next step standing out; none where nothing can be done any more. */
export function windowButtons(window: MaintenanceWindow): ActionsBlock[] {
  const [next, ...others] = buttonsOf(window);
  if (next === undefined) return [];
  const { number } = window;
  return [actions(windowButton(next, number, 'primary'), ...others.map((id) => windowButton(id, number)))];
}

/** What is worth a button in each state, the next step first; what the state refuses is none. */
function buttonsOf(window: MaintenanceWindow): readonly WindowButton[] {
  switch (window.status) {
    case 'planned':
    case 'announced':
      return [isApproved(window) ? 'window.start' : 'window.approve', 'window.extend', 'window.cancel'];
    case 'started':
      return ['window.end', 'window.extend'];
    case 'ended':
      return [
        ...(owesReport(window) ? (['window.report'] as const) : []),
        ...(window.aftermath !== null && window.aftermath.count > 0 ? (['window.declare'] as const) : []),
      ];
    case 'cancelled':
      return [];
  }
}
