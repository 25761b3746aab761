import type { Database } from '../adapters/postgres/client.ts';
import { createStore } from '../adapters/postgres/store.ts';
import { openData } from '../app/data.ts';
import { loadStoreConfig } from '../config.ts';
import type { Store } from '../usecases/ports.ts';
import { quietLog } from './quiet-log.ts';

/**
 * Runs `work` on the data, beside a running bot or alone: the embedded server is joined or started, and stopped again
 * by the last one out. What the work promises to Slack would need the queue: a command that only reads has none.
 */
export async function withStore<T>(
  env: Readonly<Record<string, string | undefined>>,
  work: (store: Store, database: Database) => Promise<T>,
): Promise<T> {
  const data = await openData(loadStoreConfig(env), quietLog(env), 2);
  const noQueue = {
    enqueue: async () => {
      throw new Error('A command that only reads was about to promise something to Slack.');
    },
  };
  try {
    return await work(createStore(data.database, noQueue), data.database);
  } finally {
    await data.close();
  }
}
