import type { TestProject } from 'vitest/node';
import { startTestServer, type TestServer } from './test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestServer;
  }
}

/** Once per run of the tests: a PostgreSQL for all files, stopped and deleted at the end however the tests went. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...server } = await startTestServer(process.env['TEST_DATABASE_URL']);
  project.provide('postgres', server);
  return stop;
}
