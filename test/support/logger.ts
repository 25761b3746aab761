import { pino } from 'pino';
import type { Logger } from '../../src/usecases/log.ts';
import { type CapturedLog, captureLog } from './unexpected-errors.ts';

/** A logger whose lines the test can read; an error nobody announced fails the test. */
export function testLogger(): { logger: Logger; log: CapturedLog } {
  const log = captureLog();
  return { logger: pino({ level: 'debug', base: null }, log.stream), log };
}
