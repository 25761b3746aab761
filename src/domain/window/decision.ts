import type { Actor } from '../actor.ts';
import type { Delivery } from '../delivery.ts';
import type { EventDraft } from '../event.ts';
import type { Outcome } from '../outcome.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { WindowEvent } from './events.ts';
import type { WindowRefusal } from './refusals.ts';

/** Who decides, when, and under which spec. */
export interface WindowSituation {
  readonly actor: Actor;
  readonly now: Date;
  readonly spec: OperationsSpec;
}

/** What is written about a window: events in order, and what is said about them. */
export interface WindowDecision {
  readonly events: readonly EventDraft<WindowEvent>[];
  readonly deliveries: readonly Delivery[];
}

export type WindowDecided = Outcome<WindowDecision, WindowRefusal>;

/** @param occurredAt when it happened, where that is not now: a window begins at its time, whenever that is noticed */
export function windowEvent<Body extends WindowEvent>(
  { actor, now }: WindowSituation,
  body: Body,
  occurredAt: Date = now,
): EventDraft<Body> {
  return { actor, occurredAt, recordedAt: now, body };
}
