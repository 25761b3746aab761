/**
 * What a log line says beside its message. `req` is the request's reference, `incident` the incident's (INC-1), `ref`
 * the reference a person was given with an error; `err` may be anything that was thrown.
 */
export interface LogFields {
  readonly req?: string;
  readonly incident?: string;
  readonly ref?: string;
  readonly err?: unknown;
  readonly [field: string]: unknown;
}

/** Writes structured lines. Personal data and secrets are taken out by whoever implements it, also from the message. */
export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  /** A logger that adds these fields to each of its lines. */
  child(fields: LogFields): Logger;
}
