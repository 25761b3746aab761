import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobOutcome } from '../../../src/usecases/jobs-port.ts';
import { type QueueHarness, queueHarness } from './queue-harness.ts';

const done: JobOutcome = { kind: 'done' };
const PATIENCE = { timeout: 15_000, interval: 20 };

let harness: QueueHarness;
beforeEach(async () => {
  harness = await queueHarness();
});
afterEach(() => harness.close());

describe('jobs', () => {
  it('run once their transaction is committed, and never when it is rolled back', async () => {
    const ran: string[] = [];
    const workers = await harness.instance();
    await workers.work('slack', 2, async ({ lane }) => {
      ran.push(lane);
      return done;
    });
    const failing = harness.database.prisma.$transaction(async (tx) => {
      await harness.queue.enqueue(tx, [{ id: 1n, lane: 'rolled back' }]);
      throw new Error('the verb failed');
    });
    await expect(failing).rejects.toThrow('the verb failed');
    await harness.enqueue('committed');
    await vi.waitFor(() => expect(ran).toContain('committed'), PATIENCE);
    expect(ran).toEqual(['committed']);
  });

  it('are put into the queue by one statement, however many there are', async () => {
    const statements: string[] = [];
    await harness.database.prisma.$transaction(async (tx) => {
      const counting = {
        $queryRawUnsafe: (query: string, ...values: unknown[]) => {
          statements.push(query);
          return tx.$queryRawUnsafe(query, ...values);
        },
      };
      const promises = Array.from({ length: 20 }, (_, n) => ({ id: BigInt(n), lane: `lane ${n % 3}` }));
      await harness.queue.enqueue(counting as unknown as typeof tx, promises);
    });
    expect(statements).toHaveLength(1);
    const jobs = await harness.queue.boss.findJobs('slack');
    expect(jobs).toHaveLength(20);
  });

  it('of one lane run one at a time, while other lanes do not wait', async () => {
    const busy = new Map<string, number>();
    const most = new Map<string, number>();
    const held = Promise.withResolvers<void>();
    let ended = 0;
    const workers = await harness.instance();
    await workers.work('slack', 4, async ({ lane }) => {
      busy.set(lane, (busy.get(lane) ?? 0) + 1);
      most.set(lane, Math.max(most.get(lane) ?? 0, busy.get(lane) ?? 0));
      if (lane === 'slow') await held.promise;
      busy.set(lane, (busy.get(lane) ?? 0) - 1);
      ended++;
      return done;
    });
    await harness.enqueue('slow', 'slow', 'slow', ...Array<string>(10).fill('quick'));
    await vi.waitFor(() => expect(ended).toBe(10), PATIENCE);
    held.resolve();
    await vi.waitFor(() => expect(ended).toBe(13), PATIENCE);
    expect(Object.fromEntries(most)).toEqual({ slow: 1, quick: 1 });
  });

  it('drain a backlog without waiting for a poll', async () => {
    let ran = 0;
    const workers = await harness.instance();
    await workers.work('slack', 2, async () => {
      ran++;
      return done;
    });
    await harness.enqueue(...Array<string>(60).fill('one lane'));
    // A poll comes every 5 s: a lane that waited for one between two jobs would take minutes.
    await vi.waitFor(() => expect(ran).toBe(60), PATIENCE);
  });

  it('that are put back keep their place: the lane waits, other lanes go on', async () => {
    const ran: string[] = [];
    const workers = await harness.instance();
    await workers.work('slack', 2, async ({ lane }) => {
      ran.push(lane);
      return lane === 'limited' && ran.filter((name) => name === 'limited').length < 3
        ? { kind: 'again', seconds: 1, reason: 'Slack asked to wait' }
        : done;
    });
    await harness.enqueue('limited', 'limited');
    await vi.waitFor(() => expect(ran).toEqual(['limited']), PATIENCE);
    await harness.enqueue('free');
    await vi.waitFor(() => expect(ran).toContain('free'), PATIENCE);
    expect(ran).toEqual(['limited', 'free']);
    // Twice put back, then done, then the one behind it.
    await vi.waitFor(() => expect(ran).toEqual(['limited', 'free', 'limited', 'limited', 'limited']), PATIENCE);
  });

  it('whose handler throws are run again, and block nobody', async () => {
    const ran: string[] = [];
    const workers = await harness.instance();
    await workers.work('slack', 2, async ({ lane }) => {
      ran.push(lane);
      if (lane === 'faulty' && ran.filter((name) => name === 'faulty').length === 1) throw new Error('a fault of ours');
      return done;
    });
    await harness.enqueue('faulty', 'sound');
    await vi.waitFor(() => expect(ran.toSorted()).toEqual(['faulty', 'faulty', 'sound']), PATIENCE);
  });

  it('sent once for a key run once, whichever instance sent them', async () => {
    const ran: string[] = [];
    for (const workers of [await harness.instance(), await harness.instance()]) {
      await workers.work('each-minute', 1, async ({ key }) => {
        ran.push(key);
        return done;
      });
    }
    const minutes = ['2026-11-21T14:00:00.000Z', '2026-11-21T14:01:00.000Z'];
    for (const minute of [...minutes, ...minutes]) await harness.queue.sendOnce('each-minute', minute);
    await vi.waitFor(() => expect(ran).toHaveLength(2), PATIENCE);
    await harness.queue.sendOnce('each-minute', minutes[0] ?? '');
    expect(await harness.queue.boss.findJobs('each-minute')).toHaveLength(2);
    expect(ran.toSorted()).toEqual(minutes);
  });
});

describe('stopping', () => {
  it('lets a running job finish and takes no other', async () => {
    const ran: string[] = [];
    const held = Promise.withResolvers<void>();
    const workers = await harness.instance();
    await workers.work('slack', 1, async ({ lane }) => {
      ran.push(lane);
      await held.promise;
      ran.push(`${lane} finished`);
      return done;
    });
    await harness.enqueue('first', 'second');
    await vi.waitFor(() => expect(ran).toHaveLength(1), PATIENCE);
    const stopped = workers.stop();
    held.resolve();
    await stopped;
    expect(ran).toEqual([ran[0], `${ran[0]} finished`]);
    const states = (await harness.queue.boss.findJobs('slack')).map((job) => job.state);
    expect(states.toSorted()).toEqual(['completed', 'created']);
  });

  it('gives a job that does not finish in time back to the queue', async () => {
    const started = Promise.withResolvers<void>();
    const workers = await harness.instance({ drainMs: 1_000 });
    await workers.work('slack', 1, () => {
      started.resolve();
      return new Promise(() => {});
    });
    await harness.enqueue('stuck');
    await started.promise;
    await workers.stop();
    const ran: string[] = [];
    const next = await harness.instance();
    await next.work('slack', 1, async ({ lane }) => {
      ran.push(lane);
      return done;
    });
    await vi.waitFor(() => expect(ran).toEqual(['stuck']), PATIENCE);
  });
});
