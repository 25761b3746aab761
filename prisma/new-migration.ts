/**
 * Writes the SQL of a new migration: what changes the committed migrations into prisma/schema.prisma.
 *
 *   npm exec -- node prisma/new-migration.ts add_windows URL-OF-AN-EMPTY-DATABASE
 *
 * It applies prisma/migrations to that empty database, asks Prisma's own schema engine for the difference and writes
 * prisma/migrations/<UTC time>_add_windows/migration.sql. Read that file before committing it: data that must move,
 * triggers, checks and partial indexes are written there by hand (Prisma's schema has no words for them). After it is
 * committed it is never edited: databases that applied it would refuse to start.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { migrate } from '../src/adapters/postgres/migrate.ts';
import { committedMigrations } from '../src/adapters/postgres/migration-files.ts';
import { sqlFromDatabaseToSchema } from './schema-engine.ts';

const [name, url] = process.argv.slice(2);
if (!name || !/^[a-z][a-z0-9_]*$/.test(name) || !url) {
  console.error('Usage: node prisma/new-migration.ts NAME URL, with a NAME such as add_windows.');
  process.exit(2);
}
await mkdir(committedMigrations, { recursive: true });
await migrate(url);
const schema = await readFile(fileURLToPath(new URL('schema.prisma', import.meta.url)), 'utf8');
const sql = await sqlFromDatabaseToSchema(url, schema);
if (sql === null) {
  console.log('schema.prisma and the committed migrations agree: there is nothing to write.');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = `${committedMigrations}/${stamp}_${name}`;
  await mkdir(folder);
  await writeFile(`${folder}/migration.sql`, sql);
  console.log(`Written: ${folder}/migration.sql`);
}
