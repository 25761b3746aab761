import { defineConfig } from 'prisma/config';

// The Prisma CLI downloads its engine unless told where one is. `generate` and `validate` never use it, so any
// executable will do; every other command keeps Prisma's own behaviour (with this variable set, `migrate` would
// print success and do nothing). Read here because this file is loaded by that CLI, not by Mainstay.
if (process.argv.some((word) => word === 'generate' || word === 'validate')) {
  process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;
}

export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? '' },
});
