import type { Message } from '../src/domain/delivery.ts';
import type { DutyRun } from '../src/domain/duty/run.ts';
import type { Incident } from '../src/domain/incident/state.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { digestMessage } from './digest.ts';
import { type Rendered, section } from './elements.ts';
import { incidentAnnouncement } from './incident-announcement.ts';
import { incidentCard } from './incident-card.ts';
import { eventLine } from './incident-events.ts';
import { anchor, undeliverable } from './operator-messages.ts';
import { postmortemDue, updateOverdue } from './reminders.ts';
import { resolutionSummary } from './resolution-summary.ts';
import { rollupMessage } from './rollup.ts';
import { runCard } from './run-card.ts';
import { runAnnouncement, runEscalation, runEvent, runReminder, runsMissed } from './run-messages.ts';

/** What a message may show beside its own words, as it is when the message is sent. */
export interface MessageContext {
  /** The incident the message is about; null when it is about none. */
  readonly incident: Incident | null;
  /** The run of a duty the message is about; null when it is about none. */
  readonly run: DutyRun | null;
  /** Id of the file in Slack with the message's picture; null when it has none. */
  readonly picture?: string | null;
  readonly spec: OperationsSpec;
}

/**
 * What is said, as Slack shows it.
 * @throws when a message shows an incident or a run and the context has none: it cannot have been promised without one.
 */
export function renderMessage(message: Message, { incident, run, picture = null, spec }: MessageContext): Rendered {
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
    case 'run-card':
      return runCard(shown(run, message), spec);
    case 'run-announcement':
      return runAnnouncement(shown(run, message), spec);
    case 'run-event':
      return runEvent(message);
    case 'run-escalation':
      return runEscalation(message, spec);
    case 'run-reminder':
      return runReminder(message);
    case 'runs-missed':
      return runsMissed(message, spec);
    case 'digest':
      return digestMessage(message.digest);
    case 'rollup':
      return rollupMessage(message.rollup, picture);
    case 'undeliverable':
      return undeliverable(message);
    case 'anchor':
      return anchor(message);
  }
}

function shown<State>(state: State | null, message: Message): State {
  if (state === null) throw new Error(`a message of type ${message.type} was sent without what it shows`);
  return state;
}

function incidentEvent({ incident, event, actor, occurredAt }: Extract<Message, { type: 'incident-event' }>): Rendered {
  const line = eventLine(event, actor, occurredAt);
  return { text: `INC-${incident} ${line}`, blocks: [section(line)] };
}
