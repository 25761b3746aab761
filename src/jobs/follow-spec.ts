import { shortHash } from '../domain/spec/in-force.ts';
import type { Logger } from '../usecases/log.ts';
import { followSpec } from '../usecases/spec/follow.ts';
import type { SpecDeps } from '../usecases/spec/in-force.ts';
import type { Chore } from './chores.ts';

/** This instance runs the spec that is in force, or says once for each why it does not. */
export function followingSpec(deps: SpecDeps, log: Logger): Chore {
  let saidOf: string | null = null;
  return {
    name: 'follow-spec',
    run: async () => {
      const followed = await followSpec(deps);
      if (followed.kind === 'followed')
        log.info({ hash: followed.hash }, 'the operations spec that another instance put into force runs here too');
      if (followed.kind !== 'behind' || saidOf === followed.hash) return;
      saidOf = followed.hash;
      log.warn(
        { hash: followed.hash, fault: followed.fault },
        `the operations spec ${shortHash(followed.hash)} is in force and does not run here: give this instance the same file`,
      );
    },
  };
}
