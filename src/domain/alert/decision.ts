import type { Actor } from '../actor.ts';
import type { Delivery, MessageKey } from '../delivery.ts';
import type { EventDraft } from '../event.ts';
import type { AlertEvent } from './events.ts';
import type { AlertGroup } from './group.ts';

/** Who decides, and when. */
export interface AlertSituation {
  readonly actor: Actor;
  readonly now: Date;
}

/** What is written about a group: events in order, and what is said beside showing it as it is then. */
export interface AlertDecision {
  readonly events: readonly EventDraft<AlertEvent>[];
  readonly deliveries: readonly Delivery[];
}

/** Something about a group written down now; `occurredAt` differs when it speaks of the past. */
export function alertEventNow<Body extends AlertEvent>(
  { actor, now }: AlertSituation,
  body: Body,
  occurredAt: Date = now,
): EventDraft<Body> {
  return { actor, occurredAt, recordedAt: now, body };
}

/** The message that shows a group. */
export function messageOf({ number, storm }: Pick<AlertGroup, 'number' | 'storm'>): MessageKey {
  return storm === null ? `alerts:${number}:card` : `alerts:${storm}:storm`;
}

/** Shows the group as it is now, wherever it is shown. */
export function showGroup(group: Pick<AlertGroup, 'number' | 'storm'>): Delivery {
  return { kind: 'render', key: messageOf(group) };
}
