import type { DailyDigest } from '../../domain/digest/daily.ts';
import type { DigestDeps } from './deps.ts';
import { sayDigest } from './post.ts';

/** Says a digest that somebody asked for, beside the one of the day. */
export async function sendDigest({ store, spec }: DigestDeps, digest: DailyDigest): Promise<void> {
  await store.once(null, (tx) => tx.save({ events: [], deliveries: [sayDigest(digest, spec.current())] }));
}
