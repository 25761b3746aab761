/**
 * Writes the SQL of a new migration: what changes the committed migrations into prisma/schema.prisma.
 *
 *   npm exec -- node prisma/new-migration.ts add_windows
 *
 * It starts an empty PostgreSQL in a temporary folder, applies prisma/migrations to it, asks Prisma's own schema engine
 * for the difference and writes prisma/migrations/<UTC time>_add_windows/migration.sql. Read that file before
 * committing it: data that must move, triggers, checks and partial indexes are written there by hand (Prisma's schema
 * has no words for them). Once committed it is never edited: databases that applied it would refuse to start.
 */
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { acquireEmbedded } from '../src/adapters/postgres/embedded.ts';
import { migrate } from '../src/adapters/postgres/migrate.ts';
import { committedMigrations } from '../src/adapters/postgres/migration-files.ts';
import { sqlFromDatabaseToSchema } from './schema-engine.ts';

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Usage: node prisma/new-migration.ts NAME, with a NAME such as add_windows.');
  process.exit(2);
}
const sql = await withEmptyDatabase(async (url) => {
  await migrate(url);
  const schema = await readFile(fileURLToPath(new URL('schema.prisma', import.meta.url)), 'utf8');
  return sqlFromDatabaseToSchema(url, schema);
});
if (sql === null) {
  console.log('schema.prisma and the committed migrations agree: there is nothing to write.');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(committedMigrations, `${stamp}_${name}`);
  await mkdir(folder);
  await writeFile(join(folder, 'migration.sql'), sql);
  console.log(`Written: ${folder}/migration.sql`);
}

async function withEmptyDatabase<T>(use: (url: string) => Promise<T>): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'mainstay-migration-'));
  await chmod(home, 0o755); // PostgreSQL's own user must be able to enter
  try {
    const quiet = { info: () => {}, warn: console.warn, error: console.error };
    const server = await acquireEmbedded({ home, log: quiet });
    return await use(server.url).finally(() => server.release());
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
