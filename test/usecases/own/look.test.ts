import { afterEach, expect, it, vi } from 'vitest';
import type { DatabaseFacts } from '../../../src/domain/own/facts.ts';
import { lookAtOwn } from '../../../src/usecases/own/look.ts';
import type { OwnSources } from '../../../src/usecases/own-port.ts';
import { testLogger } from '../../support/logger.ts';
import { database, well } from '../../support/own-facts.ts';

afterEach(() => void vi.useRealTimers());

function measured(askDatabase: () => Promise<DatabaseFacts>) {
  const time = { now: 0 };
  let asked = 0;
  const sources: OwnSources = {
    slack: () => well.slack,
    slackAheadMs: () => null,
    database: () => {
      asked += 1;
      return askDatabase();
    },
    disks: async () => well.disks,
    sinceTickMs: () => well.sinceTickMs,
    spec: () => well.spec,
    elapsed: () => time.now,
  };
  const { logger, log } = testLogger();
  return { look: lookAtOwn(sources, logger), time, asked: () => asked, log };
}

it('asks the database once a second, however many ask', async () => {
  const { look, time, asked } = measured(async () => database);
  await Promise.all(Array.from({ length: 50 }, look));
  time.now = 999;
  expect((await look()).health.status).toBe('ok');
  expect(asked()).toBe(1);
  time.now = 1_000;
  await look();
  expect(asked()).toBe(2);
});

it('says that a database fails, and writes down why', async () => {
  const { look, log } = measured(() => Promise.reject(new Error('connect ECONNREFUSED')));
  expect((await look()).facts.database).toBeNull();
  expect(log.lines.map(({ msg }) => msg)).toEqual(['the database did not say how Mainstay is']);
});

it('waits two seconds for a database that hangs, and asks it no second time meanwhile', async () => {
  vi.useFakeTimers();
  const { look, time, asked } = measured(() => new Promise(() => {}));
  const answered = async () => {
    const answer = look();
    await vi.advanceTimersByTimeAsync(2_000);
    return (await answer).health.status;
  };
  expect(await answered()).toBe('failing');
  time.now = 5_000;
  expect(await answered()).toBe('failing');
  expect(asked()).toBe(1);
});
