import { afterAll, beforeAll, expect, it } from 'vitest';
import { ALL_WELL } from './account.ts';
import { crashAt } from './crash.ts';
import { faultStage, type Stage } from './stage.ts';
import { MESSAGES } from './worked-incident.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await faultStage();
});
afterAll(() => stage.stop());

it.each([
  ['between commit and delivery', { atCall: 1, delivered: false }],
  ['when the channel or the announcement was just made', { atCall: 2, delivered: true }],
  ['in the middle of the channel', { atCall: 10, delivered: true }],
])('kill -9 %s loses nothing and doubles nothing', async (_, death) => {
  const { killed, account } = await crashAt(stage, death);
  expect(killed).toBe(true);
  const { incidents } = account;
  expect(account).toEqual({ ...ALL_WELL, incidents, promised: MESSAGES * incidents });
});
