import type { Delivery } from '../../domain/delivery.ts';
import type { DailyDigest } from '../../domain/digest/daily.ts';
import { type DigestVerdict, digestVerdict } from '../../domain/digest/day.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import { composeDigest } from './compose.ts';
import type { DigestDeps } from './deps.ts';
import { sayOnce } from './say-once.ts';

/** What became of one team's digest, for the log: why it was said, or why not. */
export interface DigestReport {
  readonly digest: string;
  readonly posted: boolean;
  readonly reason: DigestVerdict['reason'] | 'said-already' | 'not-here-then';
}

/**
 * Says every team's digest that is due: once for each team and day, whatever the number of instances, restarts or missed
 * hours. That it was said is written together with the promise to say it.
 *
 * @throws AggregateError after all were tried: one team's fault keeps no other from being told
 */
export async function postDigests(deps: DigestDeps): Promise<DigestReport[]> {
  const reports: DigestReport[] = [];
  const faults: unknown[] = [];
  for (const team of Object.keys(deps.spec.current().digest)) {
    try {
      reports.push(await postDigest(deps, team));
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `post-digests failed for ${faults.length}`);
  return reports;
}

async function postDigest(deps: DigestDeps, team: string): Promise<DigestReport> {
  const spec = deps.spec.current();
  const asked = spec.digest[team];
  if (asked === undefined) throw new Error(`the spec lost the digest of ${team} while it was looked at`);
  const verdict = digestVerdict(asked, spec, deps.clock.now());
  if (!verdict.post) return { digest: team, posted: false, reason: verdict.reason };
  const { day, dueAt, reason } = verdict;
  const key = `digest:${team}:${day}`;
  if (await deps.store.wasAnswered(key)) return { digest: key, posted: false, reason: 'said-already' };
  if (reason === 'late' && !(await wasHere(deps, dueAt)))
    return { digest: key, posted: false, reason: 'not-here-then' };
  const digest = await composeDigest(deps, team, { at: dueAt, late: reason === 'late' });
  const posted = await sayOnce(deps, key, sayDigest(digest, spec));
  return { digest: key, posted, reason: posted ? reason : 'said-already' };
}

/** A Mainstay that was installed since then missed nothing. */
async function wasHere({ store }: DigestDeps, then: Date): Promise<boolean> {
  const first = await store.firstInForceAt();
  return first !== null && first <= then;
}

/** In the team's channel; a team without one is told in the operators'. */
export function sayDigest(digest: DailyDigest, spec: OperationsSpec): Delivery {
  const channel = spec.teams[digest.team]?.channel ?? spec.incident.operatorsChannel;
  return { kind: 'post', to: { to: 'channel', channel }, message: { type: 'digest', digest } };
}
