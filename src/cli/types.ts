/** What a command line has to work with: its environment and its two outputs. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  out(text: string): void;
  err(text: string): void;
}

/** What a command prints: `text` for people, `json` with `--json`. */
export interface CliResult {
  readonly text: string;
  readonly json: unknown;
  /** 0 unless told: 1 when what was asked for was looked at and found wanting. */
  readonly exitCode?: 0 | 1;
}

/** The words after the command make no sense; the message says which and what would have. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Does what a command is for. Null: it printed for itself (a server that ran until it was stopped). */
export type RunCli = (args: readonly string[], io: CliIo & { readonly json: boolean }) => Promise<CliResult | null>;

/** One command of the terminal: its words and its help are one thing. */
export interface CliCommand {
  readonly words: readonly [string] | readonly [string, string];
  readonly usage: string;
  readonly help: string;
  /** What carries it out is read only when it is asked for: reading all of Mainstay takes a second. */
  load(): Promise<RunCli>;
}

/** The one argument a command takes. @throws UsageError when there is none, or more than one. */
export function oneArgument(args: readonly string[], what: string): string {
  const [only, extra] = args;
  if (only === undefined) throw new UsageError(`${what} is missing.`);
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many after ${what} "${only}".`);
  return only;
}

/** @throws UsageError when there is any argument. */
export function noArguments(args: readonly string[]): void {
  if (args[0] !== undefined)
    throw new UsageError(`"${args[0]}" is not expected here: this command takes no arguments.`);
}
