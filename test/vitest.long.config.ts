import { defineConfig } from 'vitest/config';
import { keepFilesInMemory } from './support/in-memory.ts';

keepFilesInMemory();

/** The proofs that take minutes, `npm run test:long`: what the suite tries at a few points is tried here at all of them. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 60_000,
    include: ['test/**/*.long.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    globalSetup: ['test/support/global-setup.ts'],
  },
});
