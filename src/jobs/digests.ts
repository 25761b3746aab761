import type { DigestDeps } from '../usecases/digest/deps.ts';
import { type DigestReport, postDigests } from '../usecases/digest/post.ts';
import { postRollups, type RollupReport } from '../usecases/digest/post-rollups.ts';
import type { Logger } from '../usecases/log.ts';
import type { Chore } from './chores.ts';

/** Teams are told what matters; the log says of each digest why it was said, or why not. */
export function digests(deps: DigestDeps, log: Logger): readonly Chore[] {
  const chore = (
    name: string,
    post: (deps: DigestDeps) => Promise<readonly (DigestReport | RollupReport)[]>,
  ): Chore => ({
    name,
    run: async () => {
      for (const { digest, posted, reason } of await post(deps)) {
        if (posted) log.info({ digest, chore: name, reason }, 'said');
        else log.debug({ digest, chore: name, reason }, 'not said');
      }
    },
  });
  return [chore('post-digests', postDigests), chore('post-rollups', postRollups)];
}
