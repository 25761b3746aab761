import type { Logger } from '../../usecases/log.ts';

/** What this room writes to the log. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;
