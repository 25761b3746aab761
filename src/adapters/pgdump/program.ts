import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { Readable, type Writable } from 'node:stream';
import { promisify } from 'node:util';

/** A program of PostgreSQL that is not here, or did not do what it was asked. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';
  /** Whether it says nothing of what it was given: it is not here, or somebody ended it. */
  readonly missing: boolean;

  constructor(message: string, { missing = false, ...options }: ErrorOptions & { readonly missing?: boolean } = {}) {
    super(message, options);
    this.missing = missing;
  }
}

export interface Running {
  readonly stdin: Writable | null;
  /** Empty where it writes to something else. */
  readonly stdout: Readable;
  /** Resolved when it ended well. @throws ProgramFailed with what it said */
  readonly ended: Promise<void>;
  /** Resolved when it is no more, however it ended. */
  readonly gone: Promise<void>;
  /** What it said on its way, by line; of much only the end. */
  said(): readonly string[];
  /** Asks it to end, and soon after does not ask. */
  stop(): void;
}

/** What a program finds around it: PATH and what else it needs, and nothing of Mainstay's own. */
export type Environment = Readonly<Record<string, string>>;

export interface ProgramVersion {
  readonly number: number;
  readonly text: string;
}

/** Its words are the same wherever it runs. */
const SAME_WORDS = { LC_ALL: 'C.UTF-8' };
/** What it says of an error is told; of warnings without end only the last ones. */
const MOST_WORDS = 2_000;
/** From asking it to end to killing it, in milliseconds: one that hangs hears nothing. */
const MOST_TO_END = 3_000;

/**
 * Starts a program that writes to `into`, or else to us. What it writes is not to be believed before `ended` says so: one
 * that was killed leaves a stream that ends like any other.
 */
export function start(
  program: string,
  args: readonly string[],
  { environment, into = 'pipe' }: { readonly environment: Environment; readonly into?: Writable | 'pipe' },
): Running {
  const child = spawn(program, args, { env: { ...environment, ...SAME_WORDS }, stdio: ['pipe', into, 'pipe'] });
  // Whoever reads nothing may be gone before it is told so.
  child.stdin?.on('error', () => undefined);
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-MOST_WORDS);
  });
  const ended = endOf(child, program, () => words);
  // Heard of where it is waited for.
  ended.catch(() => undefined);
  return {
    stdin: child.stdin,
    stdout: child.stdout ?? Readable.from([]),
    ended,
    gone: new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    }),
    said: () => words.split('\n').filter((line) => line.trim() !== ''),
    stop: () => end(child),
  };
}

/** Asked first: those of PostgreSQL then cancel what they had the server do. */
function end(child: ChildProcess): void {
  if (child.killed || !child.kill('SIGTERM')) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), MOST_TO_END);
  child.once('exit', () => clearTimeout(timer));
}

/**
 * The version of a program of PostgreSQL, as its servers number theirs: 15.18 is 150018.
 *
 * @throws ProgramFailed when it is not here
 */
export async function versionOf(program: string, environment: Environment): Promise<ProgramVersion> {
  const { stdout } = await promisify(execFile)(program, ['--version'], { env: environment }).catch((cause) => {
    throw notHere(program, cause);
  });
  const [text, major, minor = '0'] = /(\d+)(?:\.(\d+))?/.exec(stdout) ?? [];
  if (text === undefined) throw new ProgramFailed(`${program} does not say which version it is: ${stdout.trim()}`);
  return { number: Number(major) * 10_000 + Number(minor), text };
}

function endOf(child: ChildProcess, program: string, words: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', (cause) => {
      reject(notHere(program, cause));
    });
    child.on('close', (code, signal) => {
      if (code === 0) return resolve();
      const how = signal === null ? `ended with ${code}` : `was ended by ${signal}`;
      reject(
        new ProgramFailed(`${program} ${how}: ${words().trim() || 'it said nothing'}`, { missing: signal !== null }),
      );
    });
  });
}

function notHere(program: string, cause: unknown): ProgramFailed {
  const what = program.startsWith('pg_') ? "PostgreSQL's client programs" : program;
  return new ProgramFailed(`${program} is not here; install ${what}`, { cause, missing: true });
}
