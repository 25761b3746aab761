import { type Database, openDatabase } from '../adapters/postgres/client.ts';
import { acquireEmbedded } from '../adapters/postgres/embedded.ts';
import { migrate, migrationStatus } from '../adapters/postgres/migrate.ts';
import type { StoreConfig } from '../config.ts';
import type { Logger } from '../usecases/log.ts';

/** The database of this process, at the schema of this version. */
export interface Data {
  readonly url: string;
  readonly database: Database;
  /** Ends the connections; the last user of the embedded server also stops it. */
  close(): Promise<void>;
}

/** A connection string that is good for as long as it is held. */
export interface Location {
  readonly url: string;
  readonly embedded: boolean;
  release(): Promise<void>;
}

/** Where the data is: `DATABASE_URL`, or the embedded PostgreSQL, started or joined. */
export async function locateData(config: Pick<StoreConfig, 'databaseUrl' | 'home'>, log: Logger): Promise<Location> {
  if (config.databaseUrl !== null) return { url: config.databaseUrl, embedded: false, release: async () => {} };
  const { url, release } = await acquireEmbedded({ home: config.home, log });
  return { url, embedded: true, release };
}

/**
 * Opens the database. The embedded one is migrated on the way; somebody else's server is only looked at.
 * @throws MigrationsRefused, or an Error that says to migrate when the schema is behind
 */
export async function openData(
  config: Pick<StoreConfig, 'databaseUrl' | 'home'>,
  log: Logger,
  poolSize?: number,
): Promise<Data> {
  const location = await locateData(config, log);
  try {
    await bringUpToDate(location);
  } catch (error) {
    await location.release();
    throw error;
  }
  const database = openDatabase(location.url, poolSize === undefined ? { log } : { log, poolSize });
  return {
    url: location.url,
    database,
    async close() {
      await database.close();
      await location.release();
    },
  };
}

async function bringUpToDate({ url, embedded }: Location): Promise<void> {
  if (embedded) {
    await migrate(url);
    return;
  }
  const { pending } = await migrationStatus(url);
  if (pending.length > 0) {
    throw new Error(
      `The database lacks ${pending.length === 1 ? 'the migration' : 'the migrations'} ${pending.join(', ')}. Run \`npm run -s mainstay -- migrate\`, then start again.`,
    );
  }
}
