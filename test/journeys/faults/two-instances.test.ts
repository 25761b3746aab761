import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { declareMany, expectAllThere, shares } from './crowd.ts';
import { faultStage, PATIENCE, patiently, type Stage } from './stage.ts';

patiently();

/**
 * A sibling looks every 2 s for what a dead instance left, its own unanswered calls end after 10 s, and Slack is asked twice,
 * 1.5 s apart, for a message that may be there. The queue alone would wait 15 minutes. Milliseconds, with room for a busy machine.
 */
const AT_ONCE = 30_000;

let stage: Stage;
beforeEach(async () => {
  stage = await faultStage();
  await Promise.all([stage.start(), stage.start()]);
});
afterEach(() => stage.stop());

it('two instances share the work, and neither doubles anything', async () => {
  const ids = await declareMany(stage, 20);
  expectAllThere(await stage.settled(), ids);
  const taken = await shares(stage);
  expect(taken).toHaveLength(2);
  expect(Math.min(...taken)).toBeGreaterThan(Math.max(...taken) / 5);
});

it('when one is killed in the middle its sibling takes over at once', async () => {
  const { slack } = stage;
  const calls = slack.calls.length;
  // Slack does what they ask, and neither hears of it.
  slack.faults.outage({ hang: true, delivered: true }, { from: 40 });
  const ids = await declareMany(stage, 10);
  await vi.waitUntil(() => slack.calls.length >= calls + 50, PATIENCE);
  const [victim] = stage.instances;
  if (victim !== undefined) await stage.kill(victim);
  slack.faults.recover();
  const began = performance.now();
  const account = await stage.settled();
  expect(performance.now() - began).toBeLessThan(AT_ONCE);
  expectAllThere(account, ids);
});
