import type { ActionsBlock, Button } from '@slack/types';
import type { AlertGroup } from '../src/domain/alert/group.ts';
import { actions, button } from './elements.ts';
import { incidentButton } from './incident-buttons.ts';

/**
 * The buttons of a group of alerts: `action_id` is the key, `value` the group's number. Those whose label ends in "…" open a
 * form; the others act at once.
 */
export const ALERT_BUTTONS = {
  'alert.acknowledge': 'Acknowledge',
  'alert.declare': 'Declare incident',
  'alert.mute': 'Mute…',
  'alert.unmute': 'Unmute',
} as const;

export type AlertButton = keyof typeof ALERT_BUTTONS;

/** The row under a group's card: what helps while it fires; none where nothing can be done any more. */
export function alertButtons({ number, status, acknowledged, incident, muted }: AlertGroup): ActionsBlock[] {
  const one = (id: AlertButton, style?: 'primary' | 'danger'): Button =>
    button(id, ALERT_BUTTONS[id], String(number), style);
  const isFiring = status === 'firing';
  const row = [
    ...(isFiring && acknowledged === null ? [one('alert.acknowledge', 'primary')] : []),
    ...(isFiring && incident === null ? [one('alert.declare', 'danger')] : []),
    ...(incident === null ? [] : [incidentButton('incident.show', incident)]),
    ...(muted === null ? (isFiring ? [one('alert.mute')] : []) : [one('alert.unmute')]),
  ];
  return row.length === 0 ? [] : [actions(...row)];
}
