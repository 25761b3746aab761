import type { Database } from '../adapters/postgres/client.ts';
import { createStore } from '../adapters/postgres/store.ts';
import { openData } from '../app/data.ts';
import { loadStoreConfig } from '../config.ts';
import type { Store } from '../usecases/ports.ts';
import { quietLog } from './quiet-log.ts';

/** A terminal command has no queue: what it did must not need one. */
export const NO_QUEUE = {
  enqueue: async () => {
    throw new Error('A terminal command was about to promise something to Slack, which only a running bot may do.');
  },
};

/**
 * Runs `work` on the data, beside a running bot or alone: the embedded server is joined or started, and stopped again
 * by the last one out. What the work promises to Slack would need the queue: a command that only reads has none.
 */
export async function withStore<T>(
  env: Readonly<Record<string, string | undefined>>,
  work: (store: Store, database: Database) => Promise<T>,
): Promise<T> {
  const data = await openData(loadStoreConfig(env), quietLog(env), 2);
  try {
    return await work(createStore(data.database, NO_QUEUE), data.database);
  } finally {
    await data.close();
  }
}
