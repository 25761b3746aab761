import type { ActionsBlock, Button } from '@slack/types';
import type { AlertGroup } from '../src/domain/alert/group.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
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
  'alert.silence': 'Silence…',
  'alert.end-silence': 'End silence',
} as const;

export type AlertButton = keyof typeof ALERT_BUTTONS;

/** The row under a group's card: what helps while it fires; none where nothing can be done any more. */
export function alertButtons(group: AlertGroup, spec: Pick<OperationsSpec, 'targets'>): ActionsBlock[] {
  const { number, status, acknowledged, incident, muted, silence = null } = group;
  const one = (id: AlertButton, style?: 'primary' | 'danger'): Button =>
    button(id, ALERT_BUTTONS[id], String(number), style);
  const isFiring = status === 'firing';
  const row = [
    ...(isFiring && acknowledged === null ? [one('alert.acknowledge', 'primary')] : []),
    ...(isFiring && incident === null ? [one('alert.declare', 'danger')] : []),
    ...(incident === null ? [] : [incidentButton('incident.show', incident)]),
    ...(silence === null
      ? isFiring && canBeSilenced(group, spec)
        ? [one('alert.silence')]
        : []
      : silence.ended === null
        ? [one('alert.end-silence')]
        : []),
    ...(muted === null ? (isFiring ? [one('alert.mute')] : []) : [one('alert.unmute')]),
  ];
  return row.length === 0 ? [] : [actions(...row)];
}

/** Only what an Alertmanager tells of, and where the spec names one that can be asked. */
function canBeSilenced({ source }: AlertGroup, { targets }: Pick<OperationsSpec, 'targets'>): boolean {
  return source === 'alertmanager' && Object.values(targets).some((one) => one.kind === 'alertmanager' && 'url' in one);
}
