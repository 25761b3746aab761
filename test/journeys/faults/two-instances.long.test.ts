import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { declareMany, expectAllThere, shares } from './crowd.ts';
import { faultStage, PATIENCE, patiently, type Stage } from './stage.ts';

patiently();

let stage: Stage;
beforeEach(async () => {
  stage = await faultStage();
  await Promise.all([stage.start(), stage.start()]);
});
afterEach(() => stage.stop());

const incidents = async () => (await stage.rows('select 1 from "Incident"')).length;

it('two instances share a hundred incidents and their changes, and neither doubles anything', async () => {
  const ids = await declareMany(stage, 100);
  expectAllThere(await stage.settled(), ids);
  expect(await shares(stage)).toHaveLength(2);
});

it('instances killed one after the other under a hundred incidents lose and double nothing', async () => {
  let kills = 0;
  const crowd = declareMany(stage, 100);
  for (const reached of [20, 40, 60, 80]) {
    await vi.waitUntil(async () => (await incidents()) >= reached, PATIENCE);
    const [victim] = stage.instances;
    if (victim !== undefined) await stage.kill(victim);
    kills += 1;
    await stage.start();
  }
  expectAllThere(await stage.settled(), await crowd);
  expect(kills).toBe(4);
});
