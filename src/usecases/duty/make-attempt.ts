import { decideInterrupted, notBegunReason } from '../../domain/duty/by-itself.ts';
import { type RunDecision, type RunSituation, runEventNow } from '../../domain/duty/decision.ts';
import { type AttemptResult, decideFinish } from '../../domain/duty/finish.ts';
import type { DutyRun } from '../../domain/duty/run.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import type { QueueData } from '../jobs-port.ts';
import { writeRun } from './change.ts';
import { type AttemptDeps, INTERRUPTED, perform } from './perform.ts';
import { agreements } from './place.ts';

/** What became of a job. `not-wanted`: its attempt has ended already, or is none any more. */
type AttemptReport = AttemptResult['outcome'] | 'not-wanted';

/**
 * Makes one attempt at a run. That it begins is written down first: whoever gets the job and reads that somebody had begun
 * knows that this somebody is gone, and the attempt is told as interrupted instead of being made twice.
 *
 * @param over aborted when this process ends, or can no longer be sure that the job is its own
 */
export async function makeAttempt(
  deps: AttemptDeps,
  job: QueueData['actions'],
  over: AbortSignal,
): Promise<AttemptReport> {
  const begun = await begin(deps, job);
  if (typeof begun === 'string') return begun;
  const result = await perform(deps, begun.run, begun.spec, over);
  return writeCurrent<AttemptReport>(deps, job, (now, situation) => ({
    decision: decideFinish(now, result, situation),
    answer: result.outcome,
  }));
}

interface Begun {
  readonly run: DutyRun;
  /** By which it was begun, and is carried out. */
  readonly spec: OperationsSpec;
}

/** The run, which is now begun; or why it is not to be. */
function begin(deps: AttemptDeps, job: QueueData['actions']): Promise<Begun | AttemptReport> {
  return writeCurrent<Begun | AttemptReport>(deps, job, (run, situation) => {
    if (run.attempt?.begunAt !== null) {
      return { decision: decideInterrupted(run, INTERRUPTED, situation), answer: 'interrupted' };
    }
    const reason = notBegunReason(run, situation);
    if (reason !== null) {
      const result = { outcome: 'could-not-run', summary: reason, output: '', took: 0 } as const;
      return { decision: decideFinish(run, result, situation), answer: 'could-not-run' };
    }
    const begun = runEventNow(situation, { kind: 'run.begun' as const });
    return { decision: { events: [begun], deliveries: [] }, answer: { run, spec: situation.spec } };
  });
}

/** Decides and writes under the lock of the run's chain, where the attempt is the one that runs. */
function writeCurrent<Answer>(
  deps: AttemptDeps,
  { run: number, attempt }: QueueData['actions'],
  decide: (run: DutyRun, situation: RunSituation) => { readonly decision: RunDecision; readonly answer: Answer },
): Promise<Answer | 'not-wanted'> {
  return deps.store.once<Answer | 'not-wanted'>(null, async (tx) => {
    const run = await tx.run(number);
    if (run === null || run.attempt?.number !== attempt || run.attempt.finished !== null) return 'not-wanted';
    const actor = { kind: 'system', job: 'run-action' } as const;
    const spec = deps.spec.current();
    const known = await agreements(tx, run, spec);
    const { decision, answer } = decide(run, { actor, now: deps.clock.now(), spec, ...known });
    await writeRun(tx, run, number, decision.events, decision.deliveries);
    return answer;
  });
}
