import type { Readable } from 'node:stream';
import { type Environment, type Running, start } from './program.ts';

/** The dump of a database, compressed, as it is made. */
export interface Dump {
  readonly stream: Readable;
  /** Whether all who made it ended well. @throws ProgramFailed */
  readonly proven: Promise<void>;
  /** When none of them is there any more. */
  readonly gone: Promise<void>;
  /** What they complained of. */
  said(): readonly string[];
  stop(): void;
}

/** Waiting longer than this for a lock that somebody holds, it gives up. */
const LOCK_WAIT = '30s';
/** zstd's own default: past it a dump gets a few percent smaller and takes twice the time. */
const LEVEL = '-3';

/**
 * Dumps the database as of a snapshot in PostgreSQL's custom format, not compressed by `pg_dump`, since zstd does it three
 * times faster. The two are joined by the system: what is not yet compressed never passes through Mainstay.
 *
 * @param environment names the service file
 */
export function dumpDatabase(snapshot: string, environment: Environment): Dump {
  const zstd = start('zstd', [LEVEL, '-q', '-c'], { environment });
  const dump = start(
    'pg_dump',
    [
      '--format=custom',
      '--compress=0',
      '--no-password',
      `--lock-wait-timeout=${LOCK_WAIT}`,
      `--snapshot=${snapshot}`,
      '--quote-all-identifiers',
    ],
    { environment, into: zstd.stdin ?? 'pipe' },
  );
  // Ours of the two ends: with it open, zstd would wait for us. Not `end`, which would close pg_dump's too.
  zstd.stdin?.destroy();
  dump.stdin?.end();
  return together(zstd.stdout, [dump, zstd]);
}

/**
 * The roles of the whole cluster, without their passwords: a dump does not have them, and a restore needs them.
 *
 * @param database where they are read: of itself it would go to `postgres`, which the role may not be allowed into
 */
export function dumpGlobals(database: string, environment: Environment): Dump {
  // In quotes: a name may look like an address of its own.
  const at = `dbname='${database.replaceAll(/[\\']/g, '\\$&')}'`;
  const globals = start(
    'pg_dumpall',
    ['--globals-only', '--no-role-passwords', '--no-password', '--quote-all-identifiers', `--database=${at}`],
    { environment },
  );
  globals.stdin?.end();
  return together(globals.stdout, [globals]);
}

function together(stream: Readable, programs: readonly Running[]): Dump {
  const proven = Promise.all(programs.map(({ ended }) => ended)).then(() => undefined);
  proven.catch(() => undefined);
  return {
    stream,
    proven,
    gone: Promise.all(programs.map(({ gone }) => gone)).then(() => undefined),
    said: () => programs.flatMap(({ said }) => said()),
    stop: () => {
      for (const program of programs) program.stop();
    },
  };
}
