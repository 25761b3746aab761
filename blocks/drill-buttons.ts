import type { Button } from '@slack/types';
import { button } from './elements.ts';

/** The buttons of a drill: `value` is its number; of `backup.drill` the key of the backup in the spec. */
export const DRILL_BUTTONS = { 'backup.drill': 'Drill now', 'drill.show': 'Show' } as const;

export type DrillButton = keyof typeof DRILL_BUTTONS;

/** One of a drill's buttons. */
export function drillButton(id: DrillButton, value: number | string): Button {
  return button(id, DRILL_BUTTONS[id], String(value));
}
