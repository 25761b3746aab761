import { openQueue } from '../adapters/jobs/boss.ts';
import { startWorkers } from '../adapters/jobs/workers.ts';
import { createStore } from '../adapters/postgres/store.ts';
import { ConfigError, loadDrillConfig, secretValues } from '../config.ts';
import { drills } from '../jobs/drills.ts';
import { openData } from './data.ts';
import { createDriller, identitiesIn } from './drills.ts';
import { openLog } from './log.ts';
import type { Signals } from './serve.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Makes drills until it is told to end: the one process that has an identity, and nothing of Slack. Resolves with its exit
 * code: 0 after it gave back what it was at; 1 when it could not start, with the reason on standard error.
 */
export async function serveDrills(
  env: Environment,
  signals: Signals,
  complain: (text: string) => void,
): Promise<number> {
  try {
    const config = loadDrillConfig(env);
    await identitiesIn(config.identityFile);
    const { log } = await openLog(config.log, secretValues(config));
    const data = await openData(config, log);
    try {
      const queue = await openQueue(data.url, { keep: true, log });
      const workers = startWorkers(queue, { url: data.url, log });
      const now = () => new Date();
      const driller = createDriller({ ...config, environment: env, now });
      const store = createStore(data.database, queue);
      const ending = new AbortController();
      const handler = drills({ store, clock: { now }, driller }, log);
      await workers.work('drills', 1, (job, over) => handler(job, AbortSignal.any([over, ending.signal])));
      log.info({}, 'waiting for drills');
      const signal = await signals.end;
      log.info({ signal }, 'ending: a drill that runs is given back');
      ending.abort(new Error('this process ends'));
      await workers.stop();
      await queue.close();
    } finally {
      await data.close();
    }
    return 0;
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    complain(error instanceof ConfigError ? `${what}\n` : `The drill worker could not go on: ${what}\n`);
    return 1;
  }
}
