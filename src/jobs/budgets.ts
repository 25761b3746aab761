import type { Logger } from '../usecases/log.ts';
import { type WarnDeps, warnOfBudgets } from '../usecases/uptime/warn.ts';
import type { Chore } from './chores.ts';

/** What the minute asks of error budgets. */
export function budgets(deps: WarnDeps, log: Logger): Chore {
  return {
    name: 'budgets',
    run: async () => {
      for (const { slo, decisions } of await warnOfBudgets(deps)) {
        const told = decisions.some(({ reason }) => reason === 'told');
        log[told ? 'info' : 'debug']({ slo, decisions }, 'error budgets were looked at');
      }
    },
  };
}
