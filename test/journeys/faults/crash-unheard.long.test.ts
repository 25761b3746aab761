import { afterAll, beforeAll, expect, it } from 'vitest';
import { crashAtEveryCall } from './crash.ts';
import { faultStage, patiently, type Stage } from './stage.ts';

patiently();

let stage: Stage;
beforeAll(async () => {
  stage = await faultStage();
});
afterAll(() => stage.stop());

/** The channel with all that is in it, the announcement, five lines, their edits and topics, and the summary. */
const FEWEST_CALLS = 20;

it('kill -9 at every call of an incident, after Slack did what it was asked and before anybody heard, loses nothing and doubles nothing', async () => {
  expect(await crashAtEveryCall(stage, true)).toBeGreaterThanOrEqual(FEWEST_CALLS);
});
