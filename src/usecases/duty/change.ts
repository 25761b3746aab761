import type { Delivery } from '../../domain/delivery.ts';
import { follow } from '../../domain/duty/apply.ts';
import type { RunDecided, RunSituation } from '../../domain/duty/decision.ts';
import type { RunEvent } from '../../domain/duty/events.ts';
import { type RunRefusal, unknownRun } from '../../domain/duty/refusals.ts';
import type { DutyRun } from '../../domain/duty/run.ts';
import { type EventDraft, runSubject } from '../../domain/event.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { PermissionVerb } from '../../domain/permissions.ts';
import type { OperationsSpec, PermissionRule } from '../../domain/spec/types.ts';
import type { ActionJob } from '../jobs-port.ts';
import { notPermitted } from '../permit.ts';
import type { Caller, Clock, SpecSource, Store, Tx } from '../ports.ts';
import { agreements } from './place.ts';

/** What every verb of a run works with. */
export interface DutyDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly spec: SpecSource;
}

/** The permissions of runs. */
export type DutyVerb = Extract<PermissionVerb, `duty.${string}`>;

export type RunChanged = Outcome<DutyRun, RunRefusal>;

/**
 * The shape of every verb: load or refuse, permission, let the domain decide, write events, state and deliveries together,
 * return the run as it is now. A repeated request gets the first answer and does nothing.
 *
 * @param verb what the caller must be allowed; the duty's own rule in the spec must let them in too, see `ownRule`
 */
export function changeRun(
  deps: DutyDeps,
  caller: Caller,
  verb: DutyVerb,
  number: number,
  decide: (run: DutyRun, situation: RunSituation) => RunDecided,
): Promise<RunChanged> {
  return deps.store.once<RunChanged>(caller.requestKey, async (tx) => {
    const run = await tx.run(number);
    if (run === null) return unknownRun(number);
    // The clock is read under the lock, so that the times of one chain go forward.
    const spec = deps.spec.current();
    const situation = { actor: caller.actor, now: deps.clock.now(), spec, ...(await agreements(tx, run, spec)) };
    const refusal = notPermitted(situation.spec, verb, caller, situation.now, ownRule(situation.spec, verb, run));
    if (refusal !== null) {
      await writeRun(tx, run, number, [refusal.event], []);
      return refusal.answer;
    }
    const decided = decide(run, situation);
    if (!decided.ok) return decided;
    return done(await writeRun(tx, run, number, decided.value.events, decided.value.deliveries));
  });
}

/**
 * Who must be let in beside the verb's own rule: by the duty to work on it, by its approval to agree. A duty that has left
 * the spec lets in whom it let in when the run was planned; what has no such rule is run by nobody, see `notRunReason`.
 */
function ownRule(spec: OperationsSpec, verb: DutyVerb, run: DutyRun): PermissionRule | undefined {
  if (verb === 'duty.approve') return run.approval?.by;
  if (verb !== 'duty.work' && verb !== 'duty.run') return undefined;
  return spec.duties.find(({ key }) => key === run.duty)?.permission ?? run.permission;
}

/** What the events put in the queue. @param run as it is after them */
export function actionJobs(run: DutyRun, events: readonly EventDraft<RunEvent>[]): ActionJob[] {
  const { attempt, number, duty } = run;
  if (attempt === null || !events.some(({ body }) => body.kind === 'run.started')) return [];
  return [{ run: number, attempt: attempt.number, lane: duty }];
}

/** Appends the events to the run's chain, replaces its state by what follows from them, promises the deliveries. */
export async function writeRun(
  tx: Tx,
  before: DutyRun | null,
  number: number,
  events: readonly EventDraft<RunEvent>[],
  deliveries: readonly Delivery[],
): Promise<DutyRun> {
  const run = follow(before, number, events);
  const subject = runSubject(number);
  await tx.save({
    events: events.map((draft) => ({ subject, draft })),
    runs: [run],
    deliveries,
    actions: actionJobs(run, events),
  });
  return run;
}
