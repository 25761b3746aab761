/**
 * Collects what the app logs and makes an `error` line that no test announced fail the test. Give `stream` to pino as its
 * destination; it reads pino's JSON lines with levels as numbers or names.
 */
import { reportViolations } from './violations.ts';

/** One line of the log as pino wrote it. */
interface LogLine {
  readonly level: number | string;
  readonly msg?: string;
  readonly [field: string]: unknown;
}

export interface CapturedLog {
  /** The destination for pino. */
  readonly stream: { write(line: string): void };
  /** Every line so far, oldest first. */
  readonly lines: readonly LogLine[];
  /** The `error` and `fatal` lines so far, expected or not. */
  errors(): LogLine[];
  /** Announces that error lines matching the pattern belong to this test; call it before they are logged. */
  expectErrors(pattern: RegExp): void;
}

const isError = ({ level }: LogLine): boolean =>
  typeof level === 'number' ? level >= 50 : level === 'error' || level === 'fatal';

/** A log that fails the test on an unexpected error. One a test: what is announced stays announced. */
export function captureLog(): CapturedLog {
  const lines: LogLine[] = [];
  const expected: RegExp[] = [];
  return {
    lines,
    stream: {
      write(text) {
        for (const json of text.split('\n').filter(Boolean)) {
          const line = JSON.parse(json) as LogLine;
          lines.push(line);
          if (isError(line) && !expected.some((pattern) => pattern.test(json)))
            reportViolations([`An unexpected error was logged: ${json}`]);
        }
      },
    },
    errors: () => lines.filter(isError),
    expectErrors: (pattern) => void expected.push(pattern),
  };
}
