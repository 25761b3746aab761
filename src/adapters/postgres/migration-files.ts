import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The folder of the migrations that belong to this version of the code. */
export const committedMigrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/** One committed migration: a folder `<timestamp>_<name>` holding `migration.sql`. */
export interface MigrationFile {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file as hex, the value Prisma stores beside an applied migration. */
  readonly checksum: string;
}

/**
 * Reads the committed migrations in the order in which they are applied (by name, as Prisma does).
 * @throws when a folder has no `migration.sql`.
 */
export async function readMigrationFiles(folder: string): Promise<MigrationFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(names.map((name) => readMigrationFile(folder, name)));
}

async function readMigrationFile(folder: string, name: string): Promise<MigrationFile> {
  const path = `${folder}/${name}/migration.sql`;
  const sql = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`The migration ${name} cannot be read: ${path} should hold its SQL.`, { cause });
  });
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}
