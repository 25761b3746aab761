import type { RunSituation } from '../../domain/duty/decision.ts';
import { type LookReason, lookAtRun } from '../../domain/duty/look.ts';
import type { DutyRun } from '../../domain/duty/run.ts';
import { runSubject } from '../../domain/event.ts';
import { type DutyDeps, writeRun } from './change.ts';
import { agreements } from './place.ts';
import { isUnasked } from './plan.ts';

/** What became of a run whose time came, for the log. */
export interface FollowReport {
  readonly run: string;
  readonly reasons: readonly (LookReason | 'left-to-planning')[];
}

/** More than ever wait at once but after an outage; the next minute goes on with the rest. */
const MOST = 500;

/**
 * Does what the hour asks of every run: announced, asked for, late, the next contact told, missed, reminded. Decided again
 * under the chain's lock, so that of two instances that look at once one acts and the other sees that it did.
 *
 * @throws AggregateError after all were tried: one run that fails keeps nobody else from being told
 */
export async function followRuns(deps: DutyDeps): Promise<FollowReport[]> {
  const reports: FollowReport[] = [];
  const faults: unknown[] = [];
  const waiting = await deps.store.runsToLookAt(deps.clock.now(), MOST);
  for (const run of waiting) {
    try {
      reports.push({ run: runSubject(run.number), reasons: await followRun(deps, run) });
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0) {
    throw new AggregateError(faults, `follow-duties failed for ${faults.length} of ${waiting.length}`);
  }
  return reports;
}

async function followRun(deps: DutyDeps, run: DutyRun): Promise<FollowReport['reasons']> {
  const { number } = run;
  if (isUnasked(run, deps.clock.now())) return ['left-to-planning'];
  return deps.store.once(null, async (tx) => {
    const locked = await tx.run(number);
    if (locked === null) throw new Error(`${runSubject(number)} was listed and is not there`);
    const spec = deps.spec.current();
    const situation: RunSituation = {
      actor: { kind: 'system', job: 'follow-duties' },
      now: deps.clock.now(),
      spec,
      ...(await agreements(tx, locked, spec)),
    };
    const { reasons, decision } = lookAtRun(locked, situation);
    if (decision !== null) await writeRun(tx, locked, number, decision.events, decision.deliveries);
    return reasons;
  });
}
