import { afterAll, beforeAll, expect, it } from 'vitest';
import { ALL_WELL } from './account.ts';
import { atCall, crash, unheard } from './crash.ts';
import { faultStage, patiently, type Stage } from './stage.ts';
import { MESSAGES } from './worked-incident.ts';

patiently();

let stage: Stage;
beforeAll(async () => {
  stage = await faultStage();
});
afterAll(() => stage.stop());

const inChannel = (name: string) => (args: Readonly<Record<string, unknown>>) =>
  args['channel'] === stage.slack.channels[name];
const isCard = ({ blocks }: Readonly<Record<string, unknown>>) => JSON.stringify(blocks).includes('"type":"header"');

it.each([
  ['between commit and delivery', atCall(1, false)],
  ['when Slack has made the channel and nobody heard of it', unheard('conversations.create')],
  ['when the announcement stands and nobody heard of it', unheard('chat.postMessage', inChannel('incidents'))],
  ['when the card stands and nobody heard of it', unheard('chat.postMessage', isCard)],
  ["when the managers' summary stands and nobody heard of it", unheard('chat.postMessage', inChannel('managers'))],
])('kill -9 %s loses nothing and doubles nothing', async (_, death) => {
  const { killed, account } = await crash(stage, death);
  expect(killed).toBe(true);
  const { incidents } = account;
  expect(account).toEqual({ ...ALL_WELL, incidents, promised: MESSAGES * incidents });
});
