import type { Delivery } from '../../domain/delivery.ts';
import type { DigestDeps } from './deps.ts';

/** Promises it unless it was promised under this key before. False: somebody else did, perhaps just now. */
export async function sayOnce({ store }: Pick<DigestDeps, 'store'>, key: string, delivery: Delivery): Promise<boolean> {
  const mine = { said: key };
  const answer = await store.once(key, async (tx) => {
    await tx.save({ events: [], deliveries: [delivery] });
    return mine;
  });
  // What was answered to somebody else comes back as a copy of theirs.
  return answer === mine;
}
