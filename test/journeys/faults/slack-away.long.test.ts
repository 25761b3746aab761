import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Fault } from '../../support/slack-faults.ts';
import { announced, declareAndWork, expectAllWell, PASSING, workThrough } from './slack-away.ts';
import { faultStage, PATIENCE, patiently, type Stage } from './stage.ts';

patiently();

const SECOND = 1_000;
/** The same faults in every run. */
const SEED = 20_261_121;

let stage: Stage;
beforeEach(async () => {
  stage = await faultStage();
  await Promise.all([stage.start(), stage.start()]);
});
afterEach(() => stage.stop());

it('two instances deliver once through any mixture of faults', async () => {
  const soups = fc.sample(fc.array(fc.constantFrom(...PASSING), { minLength: 6, maxLength: 10 }), {
    numRuns: 6,
    seed: SEED,
  });
  for (const [index, faults] of soups.entries()) {
    // Once nobody answers at all, for the 10 s of a call's patience.
    const hanging: readonly Fault[] = index === 0 ? [{ hang: true, delivered: true }] : [];
    expectAllWell(await workThrough(stage, [...faults, ...hanging]), index + 1);
  }
});

it('a minute of Slack being away, in each of its ways, loses nothing and changes no order', async () => {
  const { slack } = stage;
  const ways: readonly Fault[] = [
    { reset: true },
    { status: 503 },
    { rateLimited: 2 },
    { hang: true },
    { status: 500 },
    { reset: true },
  ];
  const began = performance.now();
  const worked: number[] = [];
  for (const [index, way] of ways.entries()) {
    slack.faults.outage(way);
    worked.push(await declareAndWork(stage, `Trouble ${'abcdef'[index]}`));
    await vi.waitUntil(() => performance.now() >= began + (index + 1) * 10 * SECOND, PATIENCE);
  }
  expect(announced(stage)).toEqual([]);
  slack.faults.recover();
  expectAllWell(await stage.settled(), worked.length);
  expect(announced(stage)).toEqual(worked);
});
