import type { Actor } from '../actor.ts';
import type { Delivery } from '../delivery.ts';
import type { EventDraft } from '../event.ts';
import type { Outcome } from '../outcome.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { IncidentEvent } from './events.ts';
import type { IncidentRefusal } from './refusals.ts';
import type { Severity } from './severity.ts';

/** Who decides, when, and under which spec. */
export interface Situation {
  readonly actor: Actor;
  readonly now: Date;
  readonly spec: OperationsSpec;
}

/** What a verb writes: events in order, and what is said about them. */
export interface Decision {
  readonly events: readonly EventDraft<IncidentEvent>[];
  readonly deliveries: readonly Delivery[];
}

export type Decided = Outcome<Decision, IncidentRefusal>;

/** An event written down now; `occurredAt` differs when it speaks of the past. */
export function eventNow<Body extends IncidentEvent>(
  situation: Situation,
  body: Body,
  occurredAt: Date = situation.now,
): EventDraft<Body> {
  return { actor: situation.actor, occurredAt, recordedAt: situation.now, body };
}

/** When the next status update is owed if one was given now; null where the severity owes none. ISO, UTC. */
export function nextUpdateDue(situation: Situation, severity: Severity | null): string | null {
  const every = severity === null ? null : situation.spec.severities[severity].updateEvery;
  return every === null ? null : new Date(situation.now.getTime() + every).toISOString();
}
