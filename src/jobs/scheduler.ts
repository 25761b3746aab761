import { schedule } from 'node-cron';
import type { JobSender } from '../usecases/jobs-port.ts';
import type { Logger } from '../usecases/log.ts';
import type { Clock } from '../usecases/ports.ts';
import { type Chore, doChores } from './chores.ts';

const MINUTE = 60_000;

/**
 * Ticks at the start and then at every full minute in UTC. A tick only sends the minute's job, which one instance gets; what is
 * due is computed from data when it runs, so a tick that comes late, twice or not at all does no harm.
 *
 * @param here what every instance does for itself at each tick
 */
export async function startScheduler(
  sender: JobSender,
  clock: Clock,
  log: Logger,
  here: readonly Chore[] = [],
): Promise<{ stop(): void }> {
  const tick = async (at: Date) => {
    const minute = new Date(Math.floor(at.getTime() / MINUTE) * MINUTE);
    try {
      await sender.sendOnce('each-minute', minute.toISOString());
    } catch (err) {
      log.warn({ err }, 'a minute could not be sent to the queue; the next one makes up for it');
    }
    await doChores(here, at, log);
  };
  const task = schedule('* * * * *', ({ date }) => tick(date), {
    name: 'each-minute',
    timezone: 'UTC',
    noOverlap: true,
    suppressMissedWarning: true,
    logger: {
      debug: () => {},
      info: () => {},
      warn: (message) => log.warn({}, message),
      error: (message) => log.warn({}, String(message)),
    },
  });
  await tick(clock.now());
  return { stop: () => void task.destroy() };
}
