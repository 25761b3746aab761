import type { HealthSource } from '../../src/adapters/http/health.ts';
import type { HttpServerOptions } from '../../src/adapters/http/server.ts';
import type { DatabaseFacts, OwnFacts } from '../../src/domain/own/facts.ts';
import { judgeOwn } from '../../src/domain/own/judge.ts';

const GIB = 1024 ** 3;

/** A database that answers at once and in which nothing waits. */
export const database: DatabaseFacts = {
  answerMs: 3,
  aheadMs: -12,
  deliveries: { pending: 0, undeliverable: 0, oldestMs: null },
  jobs: [],
  instances: { alive: 1, behind: 0 },
};

/** An instance with nothing wrong. */
export const well: OwnFacts = {
  slack: { mode: 'socket', state: 'connected', stateForMs: 3_600_000, lastEventAgeMs: 42_000 },
  database,
  slackAheadMs: 300,
  disks: [{ place: 'home', freeBytes: 40 * GIB, totalBytes: 100 * GIB }],
  sinceTickMs: 20_000,
  spec: { name: 'Northwind', hash: 'a3f5c2e9d8b7a6f5e4d3c2b1a09f8e7d' },
};

/** What `/health` is told of these facts. */
export function healthOf(facts: OwnFacts, rest: Partial<HealthSource> = {}): HealthSource {
  return {
    version: '1.2.3',
    own: async () => ({ facts, health: judgeOwn(facts) }),
    database: async () => {},
    ready: async () => [],
    ...rest,
  };
}

/** A server that counts nothing. */
export const uncounted: HttpServerOptions['metrics'] = {
  contentType: 'text/plain',
  text: async () => 'up 1\n',
  token: null,
  answered: () => {},
};
