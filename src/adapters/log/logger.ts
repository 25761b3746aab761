import pino from 'pino';
import type { LogFields, Logger } from '../../usecases/log.ts';
import { cleaner } from './clean.ts';

/**
 * The application's log: one JSON object a line, times in ISO 8601 (UTC), errors with their stacks.
 *
 * Redaction is ours and not pino's: pino censors paths known beforehand, while secrets and personal data turn up in
 * messages, stacks and at any depth. Every line goes through here, and nothing else is given the pino instance.
 *
 * @param options.secrets values to take out wherever they appear; read at every line, so it may grow.
 * @param options.destination where lines go; standard output, unbuffered, unless given.
 */
export function createLogger(options: {
  level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  secrets?: Iterable<string>;
  destination?: pino.DestinationStream;
}): Logger {
  const lines = pino(
    {
      level: options.level,
      timestamp: pino.stdTimeFunctions.isoTime,
      // Errors are plain objects when they arrive here; pino's own reading of them would lose their type.
      serializers: { err: (err: unknown) => err },
      formatters: { level: (label) => ({ level: label }) },
    },
    options.destination ?? pino.destination(1),
  );
  return wrap(lines, cleaner(options.secrets ?? []));
}

function wrap(lines: pino.Logger, clean: ReturnType<typeof cleaner>): Logger {
  const writer = (level: 'debug' | 'info' | 'warn' | 'error') => (fields: LogFields, message: string) => {
    if (lines.isLevelEnabled(level)) lines[level](clean.fields(fields), clean.text(message));
  };
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    child: (fields) => wrap(lines.child(clean.fields(fields)), clean),
  };
}
