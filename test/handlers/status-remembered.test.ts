import { describe, expect, it } from 'vitest';
import { remembered } from '../../handlers/pages/status/remembered.ts';

/** Loads that end when the test says, and a clock that it moves. */
function stage() {
  const loads: PromiseWithResolvers<string>[] = [];
  const failures: unknown[] = [];
  let now = 0;
  const read = remembered(
    () => {
      const load = Promise.withResolvers<string>();
      loads.push(load);
      return load.promise;
    },
    { fresh: 3_000, patience: 1, firstPatience: 10_000, age: () => now, failed: (error) => void failures.push(error) },
  );
  const answer = (value: string) => loads.at(-1)?.resolve(value);
  const later = (ms: number) => {
    now += ms;
  };
  return { read, loads, failures, answer, later };
}

describe('what is remembered', () => {
  it('is loaded once, however many ask at once and until it is old', async () => {
    const { read, loads, answer, later } = stage();
    const asked = Array.from({ length: 50 }, () => read());
    answer('first');
    expect(new Set((await Promise.all(asked)).map((found) => found?.value))).toEqual(new Set(['first']));
    later(2_999);
    expect([await read(), loads.length]).toEqual([{ value: 'first', stale: false }, 1]);
    later(1);
    const next = read();
    answer('second');
    expect([await next, loads.length]).toEqual([{ value: 'second', stale: false }, 2]);
  });

  it('goes on while it cannot be loaded, says so, and is not asked for at each request', async () => {
    const { read, loads, failures, answer, later } = stage();
    const first = read();
    answer('first');
    await first;
    later(3_000);
    const failing = read();
    loads.at(-1)?.reject(new Error('away'));
    expect(await failing).toEqual({ value: 'first', stale: true });
    expect([await read(), await read(), loads.length, failures.length]).toEqual([
      { value: 'first', stale: true },
      { value: 'first', stale: true },
      2,
      1,
    ]);
    later(3_000);
    const back = read();
    answer('back');
    expect(await back).toEqual({ value: 'back', stale: false });
  });

  it('goes on while a load hangs, and takes what comes of it late', async () => {
    const { read, loads, answer, later } = stage();
    const first = read();
    answer('first');
    await first;
    later(3_000);
    expect(await read()).toEqual({ value: 'first', stale: true });
    later(10_000);
    expect([await read(), loads.length]).toEqual([{ value: 'first', stale: true }, 2]);
    answer('late');
    await expect.poll(async () => (await read())?.value).toBe('late');
  });

  it('is not out of date because it took long to come', async () => {
    const { read, answer, later } = stage();
    const slow = read();
    later(3_500);
    answer('slow');
    expect(await slow).toEqual({ value: 'slow', stale: false });
  });

  it('is nothing where nothing was ever loaded', async () => {
    const { read, loads } = stage();
    const asked = read();
    loads.at(-1)?.reject(new Error('away'));
    expect(await asked).toBeNull();
  });
});
