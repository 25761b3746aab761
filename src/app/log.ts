import { openLogFiles, tidyLogFiles } from '../adapters/log/files.ts';
import { createLogger } from '../adapters/log/logger.ts';
import type { StoreConfig } from '../config.ts';
import type { Chore } from '../jobs/chores.ts';
import type { Logger } from '../usecases/log.ts';

export interface AppLog {
  readonly log: Logger;
  /** What is done once a day: files of past days are compressed, old ones deleted. None when lines go to standard output. */
  readonly daily: readonly Chore[];
}

/** The process's log: standard output, or files a day in `LOG_DIR`. `secrets` are taken out wherever they turn up. */
export async function openLog(config: StoreConfig['log'], secrets: Iterable<string>): Promise<AppLog> {
  const { level, dir } = config;
  if (dir === null) return { log: createLogger({ level, secrets }), daily: [] };
  const destination = await openLogFiles(dir, (error) => {
    // The log itself cannot be written; standard error is what is left.
    process.stderr.write(`The log in ${dir} cannot be written: ${error.message}\n`);
  });
  const log = createLogger({ level, secrets, destination });
  const tidy = async (now: Date) => {
    const { compressed, deleted } = await tidyLogFiles(dir, now);
    log.info({ compressed: compressed.length, deleted: deleted.length }, 'log files were tidied');
  };
  return { log, daily: [{ name: 'tidy-log-files', run: tidy }] };
}
