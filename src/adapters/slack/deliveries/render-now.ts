import type { Rendered } from '../../../../blocks/elements.ts';
import { renderMessage } from '../../../../blocks/message.ts';
import type { Message, MessageKey } from '../../../domain/delivery.ts';
import type { DeliveryTools } from './tools.ts';

/** Older than any version of an incident. */
export const UNKNOWN_VERSION = 0;

/** A message with the state it shows as it is now, and that state's version. */
export async function renderNow(
  { incidents, spec }: Pick<DeliveryTools, 'incidents' | 'spec'>,
  message: Message,
): Promise<Rendered & { version: number }> {
  const number = aboutIncident(message);
  const incident = number === null ? null : await incidents.incident(number);
  return {
    ...renderMessage(message, { incident, spec: spec.current() }),
    version: incident?.version ?? UNKNOWN_VERSION,
  };
}

/** The number of the incident that a message edited in place shows. */
export function numberIn(key: MessageKey): number {
  return Number(key.split(':')[1]);
}

function aboutIncident(message: Message): number | null {
  switch (message.type) {
    case 'incident-card':
    case 'incident-announcement':
    case 'incident-event':
    case 'update-overdue':
    case 'postmortem-due':
      return message.incident;
    case 'resolution-summary':
      return message.summary.number;
    case 'undeliverable':
    case 'anchor':
      return null;
  }
}
