import { defineConfig } from 'vitest/config';
import { keepFilesInMemory } from './support/in-memory.ts';

keepFilesInMemory();

const common = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  setupFiles: ['test/support/setup.ts'],
  // Files that follow each other in a worker share what they import: reading all of Mainstay anew takes each of them seconds.
  isolate: false,
};

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: 'pure',
          include: ['test/{domain,spec,blocks,config,demo}/**/*.test.ts', 'test/*.test.ts'],
          exclude: ['**/*.long.test.ts'],
        },
      },
      {
        test: {
          ...common,
          name: 'postgres',
          include: ['test/{adapters,app,usecases,handlers,jobs,journeys,cli}/**/*.test.ts'],
          exclude: ['**/*.long.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          execArgv: ['--disable-warning=ExperimentalWarning'], // Prisma's engine in WebAssembly
        },
      },
    ],
  },
});
