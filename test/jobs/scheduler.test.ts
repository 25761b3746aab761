import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startScheduler } from '../../src/jobs/scheduler.ts';
import { testLogger } from '../support/logger.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const clock = { now: () => new Date() };

let sent: string[];
let stop: () => void;

beforeEach(() => {
  sent = [];
  stop = () => {};
  vi.useFakeTimers({ now: new Date('2026-11-21T14:00:30.000Z') });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

async function start(sendOnce: (queue: string, key: string) => Promise<void>) {
  const { logger, log } = testLogger();
  ({ stop } = await startScheduler({ sendOnce }, clock, logger));
  return log;
}

const note = async (queue: string, key: string) => void sent.push(`${queue} ${key.slice(11, 19)}`);

describe('the clock', () => {
  it('ticks at the start and at each full minute', async () => {
    await start(note);
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(sent).toEqual([
      'each-minute 14:00:00',
      'each-minute 14:01:00',
      'each-minute 14:02:00',
      'each-minute 14:03:00',
    ]);
  });

  it('ticks in UTC, also when the clocks of its zone change', async () => {
    // New York falls back at 06:00 UTC on that day; a zoned schedule would be silent for an hour.
    vi.setSystemTime(new Date('2026-11-01T05:58:30.000Z'));
    await start(note);
    await vi.advanceTimersByTimeAsync(70 * MINUTE);
    expect(sent).toHaveLength(71);
    expect(new Set(sent).size).toBe(71);
  });

  it('goes on when the queue could not be reached', async () => {
    const log = await start(async (queue, key) => {
      if (key.includes('14:01')) throw new Error('no connection');
      await note(queue, key);
    });
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(sent).toEqual(['each-minute 14:00:00', 'each-minute 14:02:00']);
    expect(log.lines.map(({ msg }) => msg)).toContain(
      'a minute could not be sent to the queue; the next one makes up for it',
    );
  });

  it('ticks no more once stopped', async () => {
    await start(note);
    stop();
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(sent).toHaveLength(1);
  });
});
