import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionFile } from './connection.ts';
import { dumpGlobals } from './dump.ts';
import type { Environment } from './program.ts';

/**
 * Has the programs of PostgreSQL connect as they will for a backup, and read the roles: that another library reaches the
 * database says little of whether they do.
 *
 * @param database its name
 * @throws BackupRefused, ProgramFailed
 */
export async function programsReach(url: string, database: string, environment: Environment): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-reach-'));
  try {
    const globals = dumpGlobals(database, {
      ...environment,
      ...(await connectionFile(url, folder, 'mainstay-doctor')),
    });
    globals.stream.resume();
    await globals.proven;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
