import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noFilters, sqlFromDatabaseToSchema, withSchemaEngine } from '../../../prisma/schema-engine.ts';
import { readMigrationFiles } from '../../../src/adapters/postgres/migration-files.ts';
import { type FreshDatabase, freshDatabase } from '../../support/postgres.ts';

const folder = resolve('prisma/migrations');
let database: FreshDatabase;
let schema: string;

beforeAll(async () => {
  database = await freshDatabase();
  schema = await readFile('prisma/schema.prisma', 'utf8');
});
afterAll(() => database.drop());

async function migrationsList() {
  const files = await readMigrationFiles(folder);
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: await readFile(`${folder}/migration_lock.toml`, 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: files.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  };
}

test("Prisma's own engine finds our history in order and has nothing to deploy", async () => {
  const list = await migrationsList();
  const [diagnosis, deployed] = await withSchemaEngine(database.url, schema, async (engine) => [
    await engine.diagnoseMigrationHistory({ migrationsList: list, optInToShadowDatabase: false, filters: noFilters }),
    await engine.applyMigrations({ migrationsList: list, filters: noFilters }),
  ]);
  expect(diagnosis).toEqual({
    editedMigrationNames: [],
    failedMigrationNames: [],
    hasMigrationsTable: true,
    history: null,
  });
  expect(deployed).toEqual({ appliedMigrationNames: [] });
});

test('a migrated database has exactly the tables of schema.prisma', async () => {
  expect(await sqlFromDatabaseToSchema(database.url, schema)).toBeNull();
});

test('a model without its migration would be noticed', async () => {
  const sql = await sqlFromDatabaseToSchema(database.url, `${schema}\nmodel Forgotten {\n  id Int @id\n}\n`);
  expect(sql).toContain('CREATE TABLE "Forgotten"');
});
