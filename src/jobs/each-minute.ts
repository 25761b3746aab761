import type { JobHandler, JobSender } from '../usecases/jobs-port.ts';
import type { Logger } from '../usecases/log.ts';
import type { Clock } from '../usecases/ports.ts';
import { type Chore, doChores } from './chores.ts';

export interface EachMinute {
  readonly chores: readonly Chore[];
  readonly sender: JobSender;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * What is done every minute: the chores, and sending the day's job, so that a day which began while nothing ran is made up
 * for in its first minute. What fails is done again in the next one.
 */
export function eachMinute({ chores, sender, clock, log }: EachMinute): JobHandler<'each-minute'> {
  const day: Chore = { name: 'send-daily', run: (now) => sender.sendOnce('daily', now.toISOString().slice(0, 10)) };
  return async () => {
    // The time it is, not the minute the job was sent for: it may have waited.
    await doChores([...chores, day], clock.now(), log);
    return { kind: 'done' };
  };
}
