import { type Logger as BoltLogger, LogLevel } from '@slack/web-api';
import type { Logger } from '../../usecases/log.ts';

/**
 * What Bolt and its clients say, in our log and at our level. Their information is our detail. `debug` is dropped before it is
 * built into a line: Bolt logs whole payloads there, which hold people's words and response addresses.
 */
export function boltLogger(log: Logger): BoltLogger {
  return {
    debug: () => {},
    info: (...parts) => log.debug({}, sentence(parts)),
    warn: (...parts) => log.warn({}, sentence(parts)),
    error: (...parts) => log.error({}, sentence(parts)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}

function sentence(parts: readonly unknown[]): string {
  return parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
}
