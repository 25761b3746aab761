import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Chore } from '../../src/jobs/chores.ts';
import { startJobs } from '../../src/jobs/workers.ts';
import type { Clock } from '../../src/usecases/ports.ts';
import { type QueueHarness, queueHarness } from '../adapters/jobs/queue-harness.ts';
import { testLogger } from '../support/logger.ts';

const PATIENCE = { timeout: 15_000, interval: 20 };
const MINUTE = 60_000;

let harness: QueueHarness;
let stops: (() => Promise<void>)[];
let now: Date;
let done: string[];
const clock: Clock = { now: () => now };

beforeEach(async () => {
  harness = await queueHarness();
  stops = [];
  done = [];
  now = new Date('2026-11-21T14:00:30.000Z');
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await harness.close();
});

/** An instance that does these chores; its clock stands still, so its own ticks are all of one minute. */
async function instance(chores: { eachMinute?: Chore[]; daily?: Chore[]; here?: Chore[] }) {
  const { logger, log } = testLogger();
  const { stop } = await startJobs({
    workers: await harness.instance(),
    sender: harness.queue,
    deliver: async () => ({ kind: 'done' }),
    runAction: async () => ({ kind: 'done' }),
    sendPage: async () => ({ kind: 'done' }),
    makeBackup: async () => ({ kind: 'done' }),
    keepUp: async () => ({ kind: 'done' }),
    chores: { eachMinute: chores.eachMinute ?? [], daily: chores.daily ?? [], here: chores.here ?? [] },
    clock,
    log: logger,
  });
  stops.push(stop);
  return log;
}

const noting = (name: string): Chore => ({
  name,
  run: async (at) => void done.push(`${name} ${at.toISOString().slice(0, 16)}`),
});

describe('what is done regularly', () => {
  it('is done at the start, and by one instance', async () => {
    for (let n = 0; n < 2; n++) await instance({ eachMinute: [noting('remind')], daily: [noting('anchor')] });
    await vi.waitFor(
      () => expect(done.toSorted()).toEqual(['anchor 2026-11-21T14:00', 'remind 2026-11-21T14:00']),
      PATIENCE,
    );
    await vi.waitFor(async () => {
      const jobs = [
        ...(await harness.queue.boss.findJobs('each-minute')),
        ...(await harness.queue.boss.findJobs('daily')),
      ];
      expect(jobs.map(({ state }) => state)).toEqual(['completed', 'completed']);
    }, PATIENCE);
    expect(done).toHaveLength(2);
  });

  it('is done by each instance where it is about itself', async () => {
    for (let n = 0; n < 2; n++) await instance({ here: [noting('look at my own spec')] });
    expect(done).toHaveLength(2);
  });

  it('after an hour without anyone is done once, with the time it is then', async () => {
    await instance({ eachMinute: [noting('remind')] });
    await vi.waitFor(() => expect(done).toEqual(['remind 2026-11-21T14:00']), PATIENCE);
    now = new Date(now.getTime() + 60 * MINUTE);
    await harness.queue.sendOnce('each-minute', now.toISOString());
    await vi.waitFor(() => expect(done).toEqual(['remind 2026-11-21T14:00', 'remind 2026-11-21T15:00']), PATIENCE);
  });

  it('is done on the next day again, whichever minute of it comes first', async () => {
    await instance({ daily: [noting('anchor')] });
    await vi.waitFor(() => expect(done).toHaveLength(1), PATIENCE);
    now = new Date('2026-11-22T09:17:00.000Z');
    await harness.queue.sendOnce('each-minute', now.toISOString());
    await vi.waitFor(() => expect(done).toEqual(['anchor 2026-11-21T14:00', 'anchor 2026-11-22T09:17']), PATIENCE);
  });

  it('and fails keeps nothing else from being done', async () => {
    const failing: Chore = {
      name: 'broken',
      run: async () => {
        throw new Error('a chore with a fault');
      },
    };
    const { logger, log } = testLogger();
    log.expectErrors(/a chore failed/);
    const { stop } = await startJobs({
      workers: await harness.instance(),
      sender: harness.queue,
      deliver: async () => ({ kind: 'done' }),
      runAction: async () => ({ kind: 'done' }),
      sendPage: async () => ({ kind: 'done' }),
      makeBackup: async () => ({ kind: 'done' }),
      keepUp: async () => ({ kind: 'done' }),
      chores: { eachMinute: [failing, noting('remind')], daily: [failing, noting('anchor')], here: [] },
      clock,
      log: logger,
    });
    stops.push(stop);
    await vi.waitFor(
      () => expect(done.toSorted()).toEqual(['anchor 2026-11-21T14:00', 'remind 2026-11-21T14:00']),
      PATIENCE,
    );
    expect(log.errors()).toEqual(expect.arrayContaining([expect.objectContaining({ chore: 'broken' })]));
    // The day is not done: the queue has it again.
    await vi.waitFor(async () => {
      const [day] = await harness.queue.boss.findJobs('daily');
      expect(day?.state).toBe('retry');
    }, PATIENCE);
  });
});
