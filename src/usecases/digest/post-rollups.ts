import type { Delivery } from '../../domain/delivery.ts';
import { digestZone } from '../../domain/digest/day.ts';
import { hasAnything, type Rollup } from '../../domain/digest/rollup.ts';
import { MANAGERS_WHEN, type RollupVerdict, rollupVerdict } from '../../domain/digest/rollup-due.ts';
import type { When } from '../../domain/duty/when.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import type { DigestDeps } from './deps.ts';
import { lookBack } from './look-back.ts';
import { sayOnce } from './say-once.ts';

/** What became of one look back, for the log: why it was said, or why not. */
export interface RollupReport {
  readonly digest: string;
  readonly posted: boolean;
  readonly reason: RollupVerdict['reason'] | 'said-already' | 'nothing-recorded';
}

/**
 * Says every look back that is due, each once: those the spec asks for in the teams' channels, and each quarter's to the
 * managers.
 *
 * @throws AggregateError after all were tried
 */
export async function postRollups(deps: DigestDeps): Promise<RollupReport[]> {
  const spec = deps.spec.current();
  const asked: Asked[] = Object.entries(spec.digest).flatMap(([team, digest]) =>
    digest.rollups.map((when) => ({ team, when, zone: digestZone(digest, spec) })),
  );
  const reports: RollupReport[] = [];
  const faults: unknown[] = [];
  for (const one of [...asked, { team: null, when: MANAGERS_WHEN, zone: spec.timezone }]) {
    try {
      reports.push(await postRollup(deps, one, spec));
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `post-rollups failed for ${faults.length}`);
  return reports;
}

interface Asked {
  /** Null for the managers'. */
  readonly team: string | null;
  readonly when: When;
  readonly zone: string;
}

async function postRollup(deps: DigestDeps, { team, when, zone }: Asked, spec: OperationsSpec): Promise<RollupReport> {
  const verdict = rollupVerdict(when, zone, deps.clock.now());
  const whose = team === null ? 'managers' : `team:${team}`;
  if (!verdict.post) return { digest: whose, posted: false, reason: verdict.reason };
  const { period, dueAt, reason } = verdict;
  const key = `rollup:${whose}:${period.cycle}:${period.first}`;
  if (await deps.store.wasAnswered(key)) return { digest: key, posted: false, reason: 'said-already' };
  const rollup = await lookBack(deps, { team, period, dueAt, late: reason === 'late' });
  // A Mainstay that has just been installed has nothing to look back on, and missed nothing.
  if ((reason === 'late' || team === null) && !hasAnything(rollup)) {
    return { digest: key, posted: false, reason: 'nothing-recorded' };
  }
  const posted = await sayOnce(deps, key, sayRollup(rollup, spec));
  return { digest: key, posted, reason: posted ? reason : 'said-already' };
}

/** In the team's channel, or the operators' for a team without one; everybody's in the managers'. */
export function sayRollup(rollup: Rollup, { teams, incident }: OperationsSpec): Delivery {
  const channel =
    rollup.team === null ? incident.managersChannel : (teams[rollup.team]?.channel ?? incident.operatorsChannel);
  return { kind: 'post', to: { to: 'channel', channel }, message: { type: 'rollup', rollup } };
}
