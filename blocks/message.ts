import type { Message } from '../src/domain/delivery.ts';
import type { Incident } from '../src/domain/incident/state.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { type Rendered, section } from './elements.ts';
import { incidentAnnouncement } from './incident-announcement.ts';
import { incidentCard } from './incident-card.ts';
import { eventLine } from './incident-events.ts';
import { anchor, undeliverable } from './operator-messages.ts';
import { postmortemDue, updateOverdue } from './reminders.ts';
import { resolutionSummary } from './resolution-summary.ts';

/** What a message may show beside its own words, as it is when the message is sent. */
export interface MessageContext {
  /** The incident the message is about; null when it is about none. */
  readonly incident: Incident | null;
  readonly spec: OperationsSpec;
}

/**
 * What is said, as Slack shows it.
 * @throws when a message shows an incident and the context has none: it cannot have been promised without one.
 */
export function renderMessage(message: Message, { incident, spec }: MessageContext): Rendered {
  switch (message.type) {
    case 'incident-card':
      return incidentCard(shown(incident, message), spec);
    case 'incident-announcement':
      return incidentAnnouncement(shown(incident, message), spec);
    case 'incident-event':
      return incidentEvent(message);
    case 'update-overdue':
      return updateOverdue(message, shown(incident, message), spec);
    case 'resolution-summary':
      return resolutionSummary(message.summary, spec);
    case 'postmortem-due':
      return postmortemDue(message, incident);
    case 'undeliverable':
      return undeliverable(message);
    case 'anchor':
      return anchor(message);
  }
}

function shown(incident: Incident | null, message: Message): Incident {
  if (incident === null) throw new Error(`a message of type ${message.type} was sent without its incident`);
  return incident;
}

function incidentEvent({ incident, event, actor, occurredAt }: Extract<Message, { type: 'incident-event' }>): Rendered {
  const line = eventLine(event, actor, occurredAt);
  return { text: `INC-${incident} ${line}`, blocks: [section(line)] };
}
