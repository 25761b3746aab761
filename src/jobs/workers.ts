import type { JobHandler, JobSender, JobWorkers } from '../usecases/jobs-port.ts';
import type { Logger } from '../usecases/log.ts';
import type { Clock } from '../usecases/ports.ts';
import type { Chore } from './chores.ts';
import { daily } from './daily.ts';
import { eachMinute } from './each-minute.ts';
import { startScheduler } from './scheduler.ts';

/** Lanes that are delivered at the same time: enough to keep a slow channel from holding up the others. */
const LANES_AT_ONCE = 8;
/** Automated duties that run at the same time in one process; most of them wait for something outside. */
const ACTIONS_AT_ONCE = 4;
/** Backups that are made at the same time in one process: each reads a database as fast as it can. */
const BACKUPS_AT_ONCE = 2;
/** Copying and reading backups: each in a process of its own, that has the disk and the line to itself. */
const UPKEEP_AT_ONCE = 1;
/** E-mails and calls of webhooks at the same time: a receiver that does not answer must not keep others from being woken. */
const PAGES_AT_ONCE = 4;

export interface JobsOptions {
  readonly workers: JobWorkers;
  readonly sender: JobSender;
  readonly deliver: JobHandler<'slack'>;
  readonly runAction: JobHandler<'actions'>;
  readonly sendPage: JobHandler<'pages'>;
  readonly makeBackup: JobHandler<'backups'>;
  readonly keepUp: JobHandler<'upkeep'>;
  /** `eachMinute` and `daily` are done by one instance, `here` by each for itself every minute. */
  readonly chores: {
    readonly eachMinute: readonly Chore[];
    readonly daily: readonly Chore[];
    readonly here: readonly Chore[];
  };
  readonly clock: Clock;
  readonly log: Logger;
}

/** Starts everything this instance does by itself. `look` does what is done each minute, now; `stop` sends nothing more, and waits for what runs. */
export async function startJobs(options: JobsOptions): Promise<{ look(): Promise<void>; stop(): Promise<void> }> {
  const { workers, sender, deliver, runAction, sendPage, makeBackup, keepUp, chores, clock, log } = options;
  await workers.work('slack', LANES_AT_ONCE, deliver);
  const stopping = new AbortController();
  await workers.work('actions', ACTIONS_AT_ONCE, (job, signal) =>
    runAction(job, AbortSignal.any([signal, stopping.signal])),
  );
  await workers.work('pages', PAGES_AT_ONCE, sendPage);
  await workers.work('backups', BACKUPS_AT_ONCE, (job, signal) =>
    makeBackup(job, AbortSignal.any([signal, stopping.signal])),
  );
  await workers.work('upkeep', UPKEEP_AT_ONCE, (job, signal) =>
    keepUp(job, AbortSignal.any([signal, stopping.signal])),
  );
  const minute = eachMinute({ chores: chores.eachMinute, sender, clock, log });
  await workers.work('each-minute', 1, minute);
  await workers.work('daily', 1, daily(chores.daily, clock, log));
  const scheduler = await startScheduler(sender, clock, log, chores.here);
  return {
    look: async () => void (await minute({ key: clock.now().toISOString() }, new AbortController().signal)),
    stop: async () => {
      scheduler.stop();
      // An action may take an hour: it is ended, and told as interrupted, while the others finish.
      stopping.abort(new Error('this process ends'));
      await workers.stop();
    },
  };
}
