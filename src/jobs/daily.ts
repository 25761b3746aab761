import type { JobHandler } from '../usecases/jobs-port.ts';
import type { Logger } from '../usecases/log.ts';
import type { Clock } from '../usecases/ports.ts';
import { type Chore, doChores } from './chores.ts';

/** What is done once a day (UTC). When a chore fails the queue has the day done again later, the other chores with it. */
export function daily(chores: readonly Chore[], clock: Clock, log: Logger): JobHandler<'daily'> {
  return async ({ key }) => {
    const failed = await doChores(chores, clock.now(), log);
    if (failed.length > 0) throw new Error(`The daily work of ${key} is not done: ${failed.join(', ')} failed.`);
    return { kind: 'done' };
  };
}
