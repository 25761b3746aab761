import type { Rendered } from '../../../../blocks/elements.ts';
import { renderMessage } from '../../../../blocks/message.ts';
import type { Message, MessageKey } from '../../../domain/delivery.ts';
import type { DutyRun } from '../../../domain/duty/run.ts';
import type { Incident } from '../../../domain/incident/state.ts';
import type { DeliveryTools } from './tools.ts';

/** Older than any version of anything that is shown. */
export const UNKNOWN_VERSION = 0;

/** What a message is about, whose state it may show. */
type Subject = { readonly incident: number } | { readonly run: number } | null;

interface Shown {
  readonly incident: Incident | null;
  readonly run: DutyRun | null;
}

/**
 * A message with the state it shows as it is now, and that state's version.
 *
 * @param picture id of the file in Slack with the picture of the message, if it has one
 */
export async function renderNow(
  tools: Pick<DeliveryTools, 'incidents' | 'runs' | 'spec'>,
  message: Message,
  picture: string | null = null,
): Promise<Rendered & { version: number }> {
  const shown = await stateOf(subjectOf(message), tools);
  return {
    ...renderMessage(message, { ...shown, picture, spec: tools.spec.current() }),
    version: versionOf(shown) ?? UNKNOWN_VERSION,
  };
}

/** The version of what a message edited in place would show now; null when that does not exist. */
export async function versionBehind(
  key: MessageKey,
  tools: Pick<DeliveryTools, 'incidents' | 'runs'>,
): Promise<number | null> {
  return versionOf(await stateOf(subjectOf(messageBehind(key)), tools));
}

/** The message that is edited in place under this key. */
export function messageBehind(key: MessageKey): Message {
  const [subject, digits, shown] = key.split(':');
  const number = Number(digits);
  if (subject === 'run') return { type: shown === 'card' ? 'run-card' : 'run-announcement', run: number };
  return { type: shown === 'card' ? 'incident-card' : 'incident-announcement', incident: number };
}

async function stateOf(
  subject: Subject,
  { incidents, runs }: Pick<DeliveryTools, 'incidents' | 'runs'>,
): Promise<Shown> {
  if (subject === null) return { incident: null, run: null };
  if ('run' in subject) return { incident: null, run: await runs.run(subject.run) };
  return { incident: await incidents.incident(subject.incident), run: null };
}

function versionOf({ incident, run }: Shown): number | null {
  return incident?.version ?? run?.version ?? null;
}

function subjectOf(message: Message): Subject {
  switch (message.type) {
    case 'incident-card':
    case 'incident-announcement':
    case 'incident-event':
    case 'update-overdue':
    case 'postmortem-due':
      return { incident: message.incident };
    case 'resolution-summary':
      return { incident: message.summary.number };
    case 'run-card':
    case 'run-announcement':
    case 'run-event':
    case 'run-escalation':
    case 'run-reminder':
      return { run: message.run };
    case 'digest':
    case 'rollup':
    case 'runs-missed':
    case 'undeliverable':
    case 'anchor':
      return null;
  }
}
