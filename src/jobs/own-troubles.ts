import type { Logger } from '../usecases/log.ts';
import { type TellOwnDeps, tellOperators } from '../usecases/own/tell.ts';
import type { Chore } from './chores.ts';

/** Looks each minute how this instance is, and tells the operators of what lasts. */
export function ownTroubles(deps: TellOwnDeps, log: Logger): Chore {
  const tell = tellOperators(deps);
  return {
    name: 'own-troubles',
    run: async () => {
      for (const { kind, part, reason } of await tell())
        log.warn({ kind, part, reason }, 'the operators are told of Mainstay itself');
    },
  };
}
