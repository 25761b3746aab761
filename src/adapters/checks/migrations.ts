import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Applied, type MigrationFile, migrationProblem } from '../../domain/health/migrations.ts';
import { codeOf } from './fault-words.ts';
import { CouldNotTell, failing, type Look, ok } from './look.ts';
import { withPostgres } from './postgres-session.ts';

const APPLIED = `
  SELECT migration_name, checksum, finished_at IS NOT NULL FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`;

/** Whether the migrations in a folder are those a database has had. */
export const lookAtMigrations: Look<'migrations'> = async ({ target, files, folder, timeout }, { address, signal }) => {
  const written = await filesIn(join(address(files), folder));
  const applied = await withPostgres(address(target), { signal, timeout }, async (read): Promise<Applied[]> => {
    const [known] = await read(`SELECT to_regclass('"_prisma_migrations"') IS NOT NULL`);
    if (known?.[0] !== true) return [];
    const rows = await read(APPLIED);
    return rows.map(([name, checksum, done]) => ({
      name: String(name),
      checksum: String(checksum),
      done: done === true,
    }));
  });
  const figures = { files: written.length, applied: applied.filter(({ done }) => done).length };
  const problem = migrationProblem(written, applied);
  return problem === null ? ok(`all ${written.length} are applied`, figures) : failing(problem, figures);
};

async function filesIn(folder: string): Promise<MigrationFile[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return await Promise.all(
      entries
        .filter((entry) => entry.isDirectory())
        .map(async ({ name }) => ({ name, checksum: digestOf(await readFile(join(folder, name, 'migration.sql'))) })),
    );
  } catch (error) {
    throw codeOf(error) === 'ENOENT' ? new CouldNotTell('there is no such folder of migrations here') : error;
  }
}

/** As Prisma writes it into its table. */
const digestOf = (sql: Buffer) => createHash('sha256').update(sql).digest('hex');
