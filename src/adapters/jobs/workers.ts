import type { Job } from 'pg-boss';
import type { JobHandler, JobOutcome, JobWorkers, QueueData, QueueName } from '../../usecases/jobs-port.ts';
import type { Logger } from '../../usecases/log.ts';
import type { Queue } from './boss.ts';
import { claimJob, returnDeadJobs } from './claims.ts';
import { startLiveness } from './liveness.ts';
import { QUEUES } from './queues.ts';

/** How soon a dead instance's jobs are taken over, in milliseconds. */
const BEAT_MS = 2_000;
/** A notification wakes the workers; this is for one that was lost, in seconds. */
const POLL_SECONDS = 5;
/** Jobs that still run this long after `stop` go back to the queue, in milliseconds: a call to Slack lasts 10 s at most. */
const DRAIN_MS = 12_000;

export interface WorkersOptions {
  readonly url: string;
  readonly log: Logger;
  readonly beatMs?: number;
  readonly drainMs?: number;
}

/** Makes this process one that works on the queue, beside any others on the same database. */
export function startWorkers(queue: Queue, options: WorkersOptions): JobWorkers {
  const { url, log, beatMs = BEAT_MS, drainMs = DRAIN_MS } = options;
  const { boss } = queue;
  const running = new Map<string, { readonly name: QueueName; readonly work: Promise<void> }>();
  const workers: { readonly queue: QueueName; readonly id: string }[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const liveness = startLiveness({
    url,
    log,
    beatMs,
    beat: async (client, life) => {
      const returned = await returnDeadJobs(client, boss, life, Object.keys(QUEUES), [...running.keys()]);
      if (returned > 0) log.warn({ jobs: returned }, 'jobs of an instance that is gone were given back to the queue');
    },
  });

  const wake = (name: QueueName) => {
    for (const worker of workers) if (worker.queue === name) boss.notifyWorker(worker.id);
  };

  /** pg-boss sends no notification when a waiting job falls due. */
  const wakeIn = (name: QueueName, seconds: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      wake(name);
    }, seconds * 1000);
    timers.add(timer.unref());
  };

  const settle = async (name: QueueName, job: Job<unknown>, outcome: JobOutcome) => {
    if (outcome.kind === 'done') return;
    await boss.fail(name, job, { message: outcome.reason });
    await boss.update(name, undefined, { id: job.id, startAfter: outcome.seconds });
    wakeIn(name, outcome.seconds);
  };

  const runOne = async <Q extends QueueName>(name: Q, job: Job<QueueData[Q]>, run: JobHandler<Q>) => {
    const life = await liveness.life();
    if (!(await claimJob(boss.getDb(), name, job, life.instance))) return;
    await settle(name, job, await run(job.data, life.signal));
  };

  /** pg-boss gave these back without telling anyone. Without a database they are taken over as a dead instance's are. */
  const offerToOthers = async (left: readonly (readonly [id: string, { readonly name: QueueName }])[]) => {
    try {
      for (const [id, { name }] of left) await boss.update(name, undefined, { id, startAfter: 0 });
    } catch (err) {
      log.warn({ err, jobs: left.length }, 'jobs could not be given back while stopping');
    }
  };

  return {
    work: async (name, parallel, run) => {
      for (let n = 0; n < parallel; n++) {
        const id: string = await boss.work<QueueData[typeof name]>(
          name,
          { batchSize: 1, pollingIntervalSeconds: POLL_SECONDS, notifyPollingIntervalSeconds: POLL_SECONDS },
          async ([job]) => {
            if (job === undefined) return;
            // Whoever got a job looks for the next one at once: a notification that came meanwhile is not lost, and a lane goes on.
            boss.notifyWorker(id);
            // The database gave our job back while it was away and we still run it: one after the other.
            await running.get(job.id)?.work.catch(() => {});
            const work = runOne(name, job, run);
            running.set(job.id, { name, work });
            try {
              await work;
            } catch (err) {
              log.warn({ err, queue: name, job: job.data }, 'a job had a fault and is run again as its queue says');
              wakeIn(name, QUEUES[name].retryDelay ?? 0);
              throw err;
            } finally {
              running.delete(job.id);
            }
          },
        );
        workers.push({ queue: name, id });
      }
    },
    stop: async () => {
      for (const timer of timers) clearTimeout(timer);
      // Before anything is awaited: a worker that ends a job now must not fetch another.
      for (const name of new Set(workers.map((worker) => worker.queue))) void boss.offWork(name, { wait: false });
      await boss.stop({ graceful: true, timeout: drainMs, close: false });
      await offerToOthers([...running]);
      await liveness.stop();
    },
  };
}
