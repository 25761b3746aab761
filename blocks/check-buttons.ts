import type { ActionsBlock, Button } from '@slack/types';
import { actions, button } from './elements.ts';

/**
 * The buttons about checks: `action_id` is the key; `value` the keys of checks, joined with commas, or `group:7` for those one
 * message tells of. Those whose label ends in "…" open a form.
 */
export const CHECK_BUTTONS = {
  'check.declare': 'Declare incident…',
  'check.mute': 'Mute…',
  'check.run': 'Run now',
  'check.show': 'Show',
} as const;

export type CheckButton = keyof typeof CHECK_BUTTONS;

export function checkButton(id: CheckButton, value: string, style?: 'primary' | 'danger'): Button {
  return button(id, CHECK_BUTTONS[id], value, style);
}

/** What helps with something that fails. */
export function checkButtons(value: string): ActionsBlock {
  return actions(
    checkButton('check.declare', value, 'danger'),
    checkButton('check.mute', value),
    checkButton('check.run', value),
  );
}
