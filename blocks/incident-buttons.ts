import type { ActionsBlock, Button } from '@slack/types';
import type { Incident, IncidentStatus } from '../src/domain/incident/state.ts';
import { actions, button } from './elements.ts';

/**
 * The buttons of an incident: `action_id` is the key, `value` the incident's number. `incident.take` makes whoever
 * presses it the owner; those whose label ends in "…" open a form; the others act or answer at once.
 */
export const INCIDENT_BUTTONS = {
  'incident.take': 'Take it',
  'incident.owner': 'Owner…',
  'incident.severity': 'Severity…',
  'incident.update': 'Update…',
  'incident.note': 'Note…',
  'incident.mitigate': 'Start mitigating…',
  'incident.resolve': 'Resolve…',
  'incident.reopen': 'Reopen…',
  'incident.close': 'Close',
  'incident.show': 'Show',
  'incident.timeline': 'Timeline',
  'postmortem.draft': 'Post-mortem draft',
  'postmortem.publish': 'Publish…',
  'postmortem.waive': 'Waive…',
} as const;

export type IncidentButton = keyof typeof INCIDENT_BUTTONS;

/** What is worth a button in each state, the next step first; everything else stays a command. */
const BUTTONS_IN: Record<IncidentStatus, readonly IncidentButton[]> = {
  identified: ['incident.severity', 'incident.update', 'incident.note', 'incident.resolve', 'incident.timeline'],
  assessed: [
    'incident.take',
    'incident.owner',
    'incident.update',
    'incident.severity',
    'incident.resolve',
    'incident.timeline',
  ],
  assigned: [
    'incident.mitigate',
    'incident.update',
    'incident.owner',
    'incident.severity',
    'incident.resolve',
    'incident.timeline',
  ],
  mitigating: [
    'incident.resolve',
    'incident.update',
    'incident.note',
    'incident.owner',
    'incident.severity',
    'incident.timeline',
  ],
  resolved: ['postmortem.draft', 'postmortem.publish', 'postmortem.waive', 'incident.reopen', 'incident.timeline'],
  documented: ['incident.close', 'postmortem.draft', 'incident.reopen', 'incident.timeline'],
  closed: ['postmortem.draft', 'incident.timeline', 'incident.reopen'],
};

/** One of an incident's buttons. */
export function incidentButton(id: IncidentButton, number: number, style?: 'primary' | 'danger'): Button {
  return button(id, INCIDENT_BUTTONS[id], String(number), style);
}

/** The row of buttons under an incident's card: the next step stands out. */
export function incidentButtons(incident: Incident): ActionsBlock {
  const ids = owesPostmortem(incident) ? BUTTONS_IN[incident.status] : withoutPostmortem(incident.status);
  return actions(...ids.map((id, index) => incidentButton(id, incident.number, index === 0 ? 'primary' : undefined)));
}

function owesPostmortem({ status, postmortemDueAt }: Incident): boolean {
  return status !== 'resolved' || postmortemDueAt !== null;
}

/** A resolved incident whose severity needs no post-mortem can be closed at once. */
function withoutPostmortem(status: IncidentStatus): readonly IncidentButton[] {
  const kept = BUTTONS_IN[status].filter((id) => id !== 'postmortem.publish' && id !== 'postmortem.waive');
  return ['incident.close', ...kept];
}
