import type { DailyDigest } from '../../domain/digest/daily.ts';
import type { Rollup } from '../../domain/digest/rollup.ts';
import type { DigestDeps } from './deps.ts';
import { sayDigest } from './post.ts';
import { sayRollup } from './post-rollups.ts';

/** Says what somebody asked for, beside what is said by itself. */
export async function sendDigests(
  { store, spec }: DigestDeps,
  asked: { readonly digests: readonly DailyDigest[]; readonly rollups: readonly Rollup[] },
): Promise<void> {
  const deliveries = [
    ...asked.digests.map((digest) => sayDigest(digest, spec.current())),
    ...asked.rollups.map((rollup) => sayRollup(rollup, spec.current())),
  ];
  await store.once(null, (tx) => tx.save({ events: [], deliveries }));
}
