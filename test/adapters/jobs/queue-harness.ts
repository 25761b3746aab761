import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openQueue, type Queue } from '../../../src/adapters/jobs/boss.ts';
import { startWorkers } from '../../../src/adapters/jobs/workers.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/client.ts';
import type { JobWorkers } from '../../../src/usecases/jobs-port.ts';
import { testLogger } from '../../support/logger.ts';
import { freshDatabase } from '../../support/postgres.ts';
import type { CapturedLog } from '../../support/unexpected-errors.ts';

/** How often the tests' instances look for dead ones, in milliseconds. */
const BEAT_MS = 100;

/** A database with the queue in it, and as many instances as a test asks for. */
export interface QueueHarness {
  readonly url: string;
  readonly queue: Queue;
  readonly database: Database;
  readonly log: CapturedLog;
  /** One more instance of Mainstay, in this process. */
  instance(options?: { drainMs?: number }): Promise<JobWorkers>;
  /** Promises one delivery for each lane given, in one transaction. */
  enqueue(...lanes: string[]): Promise<void>;
  close(): Promise<void>;
}

export async function queueHarness(): Promise<QueueHarness> {
  const fresh = await freshDatabase();
  const { url } = fresh;
  const { logger, log } = testLogger();
  const database = openDatabase(url, { log: logger });
  const queue = await openQueue(url, { keep: false, log: logger });
  const stops: (() => Promise<void>)[] = [];
  return {
    url,
    log,
    queue,
    database,
    instance: async (options = {}) => {
      const own = await openQueue(url, { keep: true, log: logger });
      const workers = startWorkers(own, { url, log: logger, beatMs: BEAT_MS, ...options });
      let stopped: Promise<void> | undefined;
      const stop = () => {
        stopped ??= workers.stop().then(() => own.close());
        return stopped;
      };
      stops.push(stop);
      return { ...workers, stop };
    },
    enqueue: (...lanes) =>
      database.prisma.$transaction((tx) =>
        queue.enqueue(
          tx,
          lanes.map((lane) => ({ id: 1n, lane })),
        ),
      ),
    close: async () => {
      await Promise.all(stops.map((stop) => stop()));
      await queue.close();
      await database.close();
      await fresh.drop();
    },
  };
}

/** Starts a process that takes jobs and never finishes them; `took` resolves with the lane of its first job. */
export async function stuckWorker(url: string): Promise<{ took: Promise<string>; kill(): Promise<void> }> {
  const child = fork(new URL('./stuck-worker.ts', import.meta.url), [url], { execArgv: [] });
  await once(child, 'message');
  const took = once(child, 'message').then(([lane]) => String(lane));
  return {
    took,
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
