import { migrate } from '../adapters/postgres/migrate.ts';
import { locateData } from '../app/data.ts';
import { loadStoreConfig } from '../config.ts';
import { quietLog } from './quiet-log.ts';
import { noArguments, type RunCli } from './types.ts';

export const migrateCommand: RunCli = async (args, { env }) => {
  noArguments(args);
  const location = await locateData(loadStoreConfig(env), quietLog(env));
  try {
    const { applied } = await migrate(location.url);
    const text = applied.length === 0 ? 'Nothing to do: every migration is applied.' : `Applied ${applied.join(', ')}.`;
    return { text, json: { applied } };
  } finally {
    await location.release();
  }
};
