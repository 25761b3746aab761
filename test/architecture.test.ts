import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAtOnce, violations } from './support/architecture.ts';

const root = new URL('..', import.meta.url).pathname;
const files = globSync('{src,handlers,blocks,demo,bench,prisma,test}/**/*.{ts,tsx}', {
  cwd: root,
  exclude: ['src/generated/**', '**/node_modules/**'],
}).sort();

describe('the house', () => {
  it('is all there', () => {
    expect(files).toContain('src/domain/permissions.ts');
    expect(files.length).toBeGreaterThan(50);
  });

  it('keeps to the import table', () => {
    expect(files.flatMap((file) => violations(file, readFileSync(`${root}${file}`, 'utf8')))).toEqual([]);
  });

  it('finds a command of the terminal without reading what the other commands need', () => {
    const read = new Set(['src/cli/run.ts']);
    for (const file of read) for (const next of readAtOnce(file, readFileSync(root + file, 'utf8'))) read.add(next);
    expect(read).toContain('src/cli/commands.ts');
    expect([...read].filter((file) => !/^src\/(cli|domain)\//.test(file))).toEqual([]);
  });
});

describe('the import table', () => {
  it.each([
    [
      'a rule that reads a file',
      'src/domain/incident/x.ts',
      "import { readFileSync } from 'node:fs';",
      'imports node:fs',
    ],
    ['a rule with a schema', 'src/domain/x.ts', "import { z } from 'zod';", 'imports zod'],
    [
      'a rule that knows a verb',
      'src/domain/x.ts',
      "import type { Store } from '../usecases/ports.ts';",
      'imports src/usecases/ports.ts',
    ],
    ['a rule with all of date-fns', 'src/domain/x.ts', "import { addDays } from 'date-fns';", 'the index of date-fns'],
    [
      'all of date-fns in a test',
      'test/domain/x.test.ts',
      "import { addDays } from 'date-fns';",
      'the index of date-fns',
    ],
    ['a rule that re-exports Prisma', 'src/domain/x.ts', "export * from '@prisma/client';", 'imports @prisma/client'],
    ['a rule that imports later', 'src/domain/x.ts', "const f = () => import('node:fs');", 'imports node:fs'],
    ['a rule that requires', 'src/domain/x.ts', "const f = require('node:fs');", 'imports node:fs'],
    [
      'a rule that imports what it is told',
      'src/domain/x.ts',
      'const f = (x: string) => import(x);',
      'imports a computed name',
    ],
    ['a type by its address', 'src/domain/x.ts', "type A = import('pino').Logger;", 'imports pino'],
    ['a spec loader that reads files', 'src/spec/x.ts', "import { readFileSync } from 'node:fs';", 'imports node:fs'],
    [
      'settings that know an adapter',
      'src/config.ts',
      "import { a } from './adapters/log/a.ts';",
      'imports src/adapters/log/a.ts',
    ],
    [
      'a verb that knows Prisma',
      'src/usecases/incident/x.ts',
      "import { PrismaClient } from '../../generated/prisma/client.ts';",
      'imports src/generated/prisma/client.ts',
    ],
    [
      'a verb that knows an adapter',
      'src/usecases/incident/x.ts',
      "import { a } from '../../adapters/slack/a.ts';",
      'imports src/adapters/slack/a.ts',
    ],
    [
      'a verb that draws',
      'src/usecases/incident/x.ts',
      "import { card } from '../../../blocks/card.ts';",
      'imports blocks/card.ts',
    ],
    [
      'a verb that loads specs',
      'src/usecases/ops/x.ts',
      "import { loadSpec } from '../../spec/load.ts';",
      'imports src/spec/load.ts',
    ],
    ['a verb that logs by itself', 'src/usecases/incident/x.ts', "import pino from 'pino';", 'imports pino'],
    [
      'a block that reads a file',
      'blocks/x.ts',
      "import { readFile } from 'node:fs/promises';",
      'imports node:fs/promises',
    ],
    ['a block that knows Bolt', 'blocks/x.ts', "import type { App } from '@slack/bolt';", 'imports @slack/bolt'],
    [
      'a block with more than types',
      'blocks/x.ts',
      "import { KnownBlock } from '@slack/types';",
      'imports more than types of @slack/types',
    ],
    [
      'a block that knows a handler',
      'blocks/x.ts',
      "import { a } from '../handlers/registry.ts';",
      'imports handlers/registry.ts',
    ],
    [
      'a handler with Prisma',
      'handlers/commands/x.ts',
      "import { PrismaClient } from '../../src/generated/prisma/client.ts';",
      'imports src/generated/prisma/client.ts',
    ],
    [
      'a handler with the Prisma package',
      'handlers/commands/x.ts',
      "import { Prisma } from '@prisma/client';",
      'imports @prisma/client',
    ],
    [
      'a handler that knows an adapter',
      'handlers/views/x.ts',
      "import { a } from '../../src/adapters/slack/a.ts';",
      'imports src/adapters/slack/a.ts',
    ],
    [
      'a handler that knows another',
      'handlers/actions/x.ts',
      "import { a } from '../commands/incident.ts';",
      'imports handlers/commands/incident.ts',
    ],
    [
      'a handler that knows its neighbour',
      'handlers/actions/x.ts',
      "import { a } from './y.ts';",
      'imports handlers/actions/y.ts',
    ],
    [
      'a handler that makes its verb',
      'handlers/commands/x.ts',
      "import { declare } from '../../src/usecases/incident/declare.ts';",
      'imports more than types of src/usecases/incident/declare.ts',
    ],
    [
      'a handler with crypto',
      'handlers/commands/x.ts',
      "import { createHmac } from 'node:crypto';",
      'imports node:crypto',
    ],
    [
      'an adapter that knows a verb',
      'src/adapters/slack/x.ts',
      "import type { A } from '../../usecases/incident/declare.ts';",
      'imports src/usecases/incident/declare.ts',
    ],
    [
      'an adapter that knows a job',
      'src/adapters/jobs/x.ts',
      "import { a } from '../../jobs/deliver.ts';",
      'imports src/jobs/deliver.ts',
    ],
    [
      'an adapter that draws',
      'src/adapters/postgres/x.ts',
      "import { a } from '../../../blocks/card.ts';",
      'imports blocks/card.ts',
    ],
    ["an adapter with another's library", 'src/adapters/http/x.ts', "import pg from 'pg';", 'imports pg'],
    [
      'an adapter that knows another',
      'src/adapters/slack/x.ts',
      "import { a } from '../postgres/a.ts';",
      'imports src/adapters/postgres/a.ts',
    ],
    ['an adapter nobody listed', 'src/adapters/fax/x.ts', 'export {};', 'has no row in the import table'],
    [
      'a job that knows an adapter',
      'src/jobs/x.ts',
      "import { a } from '../adapters/postgres/a.ts';",
      'imports src/adapters/postgres/a.ts',
    ],
    ['a job that draws', 'src/jobs/x.ts', "import { a } from '../../blocks/card.ts';", 'imports blocks/card.ts'],
    [
      'a job that knows Slack',
      'src/jobs/x.ts',
      "import { WebClient } from '@slack/web-api';",
      'imports @slack/web-api',
    ],
    ['a second clock', 'src/jobs/remind.ts', "import cron from 'node-cron';", 'only src/jobs/scheduler.ts may'],
    ['a clock in the app', 'src/app.ts', "import cron from 'node-cron';", 'only src/jobs/scheduler.ts may'],
    ['a file outside every room', 'src/utils.ts', 'export {};', 'has no row in the import table'],
  ])('refuses %s', (_what, path, source, says) => {
    expect(violations(path, `// one\n${source}\n`)).toEqual([expect.stringContaining(says)]);
  });

  it.each([
    ['the environment in an adapter', 'src/adapters/log/x.ts', "process.env['A']"],
    ['the environment in the app', 'src/app.ts', 'process.env.A'],
    ['the environment in the demo', 'demo/x.ts', "process['env']"],
    ['the environment in a test', 'test/domain/x.test.ts', 'globalThis.process.env'],
    ['the environment, taken apart', 'bench/x.ts', 'const { env } = process'],
  ])('refuses %s', (_what, path, source) => {
    expect(violations(path, source)).toEqual([expect.stringContaining('reads process.env')]);
  });

  it.each(['src/app.ts', 'src/adapters/postgres/x.ts', 'handlers/commands/x.ts'])(
    'refuses to let %s end the process',
    (path) => {
      expect(violations(path, 'process.exit(1);')).toEqual([expect.stringContaining('calls process.exit')]);
    },
  );

  it.each([
    ['asks the clock', 'const now = new Date();', 'new Date()'],
    ['asks the clock otherwise', 'const now = Date.now();', 'Date.now'],
    ['throws dice', 'const n = Math.random();', 'Math.random'],
    ['is async', 'export async function f() {}', 'is async'],
    ['is an async arrow', 'export const f = async () => 1;', 'is async'],
    ['promises', 'export const f = () => Promise.resolve(1);', 'uses Promise'],
    ['promises in a type', 'export type F = () => Promise<void>;', 'uses Promise'],
    ['calls out', "export const f = () => fetch('http://example.com');", 'does I/O with fetch()'],
    ['waits', 'setTimeout(f, 1);', 'does I/O with setTimeout()'],
    ['prints', "console.log('x');", 'reaches outside with console'],
    ['looks at the process', 'process.cwd();', 'reaches outside with process'],
    ['makes up an id', 'crypto.randomUUID();', 'reaches outside with crypto'],
  ])('refuses a rule, and a block, that %s', (_what, source, says) => {
    for (const path of ['src/domain/x.ts', 'blocks/x.ts', 'src/spec/x.ts']) {
      expect(violations(path, source)).toEqual([expect.stringContaining(says)]);
    }
  });

  it.each([
    [
      'a rule',
      'src/domain/x.ts',
      "import { addDays } from 'date-fns/addDays';\nimport type { A } from './a.ts';\nconst t = new Date(0);",
    ],
    [
      'words that are not code',
      'src/domain/x.ts',
      "// process.env and new Date()\nconst s = `import x from 'node:fs'; Math.random()`;",
    ],
    ['a name of our own', 'src/domain/x.ts', 'const f = (it: { fetch(): void; now: Date }) => it.fetch();'],
    [
      'types for a block',
      'blocks/x.ts',
      "import type { KnownBlock } from '@slack/types';\nimport { type View } from '@slack/types';",
    ],
    [
      'a handler',
      'handlers/commands/x.ts',
      "import type { Declare } from '../../src/usecases/incident/declare.ts';\nimport { DatabaseUnavailable } from '../../src/usecases/errors.ts';\nimport { card } from '../../blocks/card.ts';\nimport type { Command } from '../registry.ts';",
    ],
    ['a webhook', 'handlers/webhooks/x.ts', "import { timingSafeEqual } from 'node:crypto';"],
    [
      "Slack's adapter",
      'src/adapters/slack/x.ts',
      "import { WebClient } from '@slack/web-api';\nimport { card } from '../../../blocks/card.ts';",
    ],
    ['the one clock', 'src/jobs/scheduler.ts', "import cron from 'node-cron';"],
    ['the start', 'src/main.ts', "import { start } from './app.ts';\nprocess.exit(await start(process.env));"],
    ['the support of tests', 'test/support/postgres.ts', "const url = process.env['TEST_DATABASE_URL'];"],
  ])('lets %s be', (_what, path, source) => {
    expect(violations(path, source)).toEqual([]);
  });

  it('names the line', () => {
    expect(violations('src/domain/x.ts', "\n\nimport fs from 'node:fs';")).toEqual([
      'src/domain/x.ts:3: imports node:fs, which its row does not allow',
    ]);
  });
});
