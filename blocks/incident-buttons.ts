import type { ActionsBlock, Button } from '@slack/types';
import { visibleNotes } from '../src/domain/incident/public-note.ts';
import type { Incident, IncidentStatus } from '../src/domain/incident/state.ts';
import { isOpen } from '../src/domain/incident/transitions.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
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
  'incident.publish': 'Public note…',
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
export function incidentButtons(incident: Incident, { status }: Pick<OperationsSpec, 'status'>): ActionsBlock {
  const own = owesPostmortem(incident) ? BUTTONS_IN[incident.status] : withoutPostmortem(incident.status);
  const ids = status?.public === true && hasNews(incident) ? [...own, 'incident.publish' as const] : own;
  return actions(...ids.map((id, index) => incidentButton(id, incident.number, index === 0 ? 'primary' : undefined)));
}

/** Somebody outside may still want to hear of it. */
function hasNews(incident: Incident): boolean {
  return isOpen(incident) || (incident.status === 'resolved' && visibleNotes(incident).length > 0);
}

function owesPostmortem({ status, postmortemDueAt }: Incident): boolean {
  return status !== 'resolved' || postmortemDueAt !== null;
}

/** A resolved incident whose severity needs no post-mortem can be closed at once. */
function withoutPostmortem(status: IncidentStatus): readonly IncidentButton[] {
  const kept = BUTTONS_IN[status].filter((id) => id !== 'postmortem.publish' && id !== 'postmortem.waive');
  return ['incident.close', ...kept];
}
