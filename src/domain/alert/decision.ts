import type { Actor } from '../actor.ts';
import type { Delivery } from '../delivery.ts';
import type { EventDraft } from '../event.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { AlertEvent } from './events.ts';
import type { AlertGroup } from './group.ts';

/** Who decides, when, and under which spec. */
export interface AlertSituation {
  readonly actor: Actor;
  readonly now: Date;
  readonly spec: OperationsSpec;
}

/** What is written about a group: events in order, and what is said about them. */
export interface AlertDecision {
  readonly events: readonly EventDraft<AlertEvent>[];
  readonly deliveries: readonly Delivery[];
}

export function alertEventNow<Body extends AlertEvent>({ actor, now }: AlertSituation, body: Body): EventDraft<Body> {
  return { actor, occurredAt: now, recordedAt: now, body };
}

/** The hour, in UTC, in which a group began: those without a card of their own share a message in it. */
export function hourOf(instant: string): string {
  return instant.slice(0, 13);
}

/** Shows the group as it is now, wherever it is shown. */
export function showGroup({ number, carded, channel, startedAt }: AlertGroup): Delivery {
  if (carded) return { kind: 'render', key: `alerts:${number}:card` };
  return { kind: 'render', key: `alerts:${channel}:storm:${hourOf(startedAt)}` };
}
