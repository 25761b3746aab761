import type { ActionInput, ActionName, DutyAction } from '../domain/spec/action.ts';
import type { Secret } from '../domain/spec/secret.ts';
import type { TargetKind } from '../domain/spec/target.ts';

/** How an action went. One that could not run is neither good nor bad news about what it would have looked at. */
export interface ActionOutcome {
  readonly outcome: 'succeeded' | 'failed' | 'could-not-run';
  /** One line. */
  readonly summary: string;
  /** What a person would want to read. Whoever runs the action cuts it and takes secrets out. */
  readonly output: string;
}

export interface ActionContext {
  /** Aborted when the time is up, and when this process stops. What was begun outside is then ended, not left running. */
  readonly signal: AbortSignal;
  /** `preview`: say what would be done, and change nothing. */
  readonly mode: 'preview' | 'run';
  readonly now: Date;
}

/** A target that exists here. The address of one kind is a URL, of another a folder: see src/spec/targets.ts. */
export interface ConnectedTarget {
  readonly key: string;
  readonly kind: TargetKind;
  /** What people call it. */
  readonly title: string;
  readonly url: string | Secret;
  /** Of a database: the role that `sql.query` takes on. */
  readonly role?: string;
}

/**
 * Carries one action out. What can be foreseen is an outcome; a throw is a fault, and told as could-not-run.
 *
 * @param target of a kind that the action works on; null for actions that work on none
 */
export type Action<Name extends ActionName> = (
  input: ActionInput<Name>,
  target: ConnectedTarget | null,
  context: ActionContext,
) => Promise<ActionOutcome>;

/** Carries out whatever action a duty names. */
export type CarryOut = (
  action: DutyAction,
  target: ConnectedTarget | null,
  context: ActionContext,
) => Promise<ActionOutcome>;
