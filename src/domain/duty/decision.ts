import type { Actor } from '../actor.ts';
import type { Delivery } from '../delivery.ts';
import type { EventDraft } from '../event.ts';
import type { Outcome } from '../outcome.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { RunEvent } from './events.ts';
import type { RunRefusal } from './refusals.ts';

/** Who decides, when, and under which spec. */
export interface RunSituation {
  readonly actor: Actor;
  readonly now: Date;
  readonly spec: OperationsSpec;
  /** This very action of this duty was approved before where it works now, and has succeeded since; not known to be so unless told. */
  readonly approvedBefore?: boolean;
  /** What was previewed, or agreed to, works on another place now, or on one that nobody knows again; false unless told. */
  readonly moved?: boolean;
}

/** What is written about a run: events in order, and what is said about them. */
export interface RunDecision {
  readonly events: readonly EventDraft<RunEvent>[];
  readonly deliveries: readonly Delivery[];
}

export type RunDecided = Outcome<RunDecision, RunRefusal>;

export function runEventNow<Body extends RunEvent>({ actor, now }: RunSituation, body: Body): EventDraft<Body> {
  return { actor, occurredAt: now, recordedAt: now, body };
}
