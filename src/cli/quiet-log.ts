import pino from 'pino';
import { createLogger } from '../adapters/log/logger.ts';
import { loadStoreConfig, secretValues } from '../config.ts';
import type { Logger } from '../usecases/log.ts';

/** Only warnings and errors, on standard error: standard output belongs to the command's answer. */
export function quietLog(env: Readonly<Record<string, string | undefined>>): Logger {
  return createLogger({ level: 'warn', secrets: secretValues(loadStoreConfig(env)), destination: pino.destination(2) });
}
