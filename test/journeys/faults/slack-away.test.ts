import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { announced, declareAndWork, expectAllWell, PASSING, workThrough } from './slack-away.ts';
import { faultStage, PATIENCE, patiently, type Stage } from './stage.ts';

patiently();

let stage: Stage;
beforeEach(async () => {
  stage = await faultStage();
  await stage.start();
});
afterEach(() => stage.stop());

/** What the operators were told about deliveries. */
const told = () =>
  stage.slack
    .history('ops')
    .map(({ blocks }) => JSON.stringify(blocks))
    .filter((words) => words.includes('Could not deliver'));

it('an incident is delivered once through every fault of Slack that passes', async () => {
  const account = await workThrough(stage, PASSING);
  expectAllWell(account, 1);
  expect(stage.slack.calls.filter(({ fault }) => fault)).toHaveLength(PASSING.length);
});

it('while Slack is down commands are acknowledged, and all is delivered in order when it is back', async () => {
  const { slack } = stage;
  slack.faults.outage();
  const before = slack.calls.length;
  const worked = [await declareAndWork(stage, 'Search is slow'), await declareAndWork(stage, 'Mail is late')];
  await vi.waitUntil(() => slack.calls.length >= before + 15, PATIENCE);
  expect(slack.history('incidents')).toEqual([]);
  slack.faults.recover();
  expectAllWell(await stage.settled(), 2);
  expect(announced(stage)).toEqual(worked);
  expect(told()).toEqual([]);
});

it('an archived channel blocks nothing, the operators are told once, and it is used again when it is back', async () => {
  const { slack } = stage;
  const incidents = { channel: slack.channels['incidents'] };
  await slack.callAs('alice', 'conversations.archive', incidents);
  for (const title of ['Search is slow', 'Mail is late']) await declareAndWork(stage, title);
  const { lost, unkept, stale, misordered, doubled, amiss } = await stage.settled();
  expect({ stale, misordered, doubled, amiss }).toEqual({ stale: [], misordered: [], doubled: [], amiss: [] });
  const announcements = [1, 2].map(() => expect.stringContaining('post incident-announcement in channel:incidents'));
  expect(lost).toEqual(announcements);
  expect(unkept).toEqual(announcements);
  expect(told()).toEqual([expect.stringContaining('The channel is archived.')]);

  await slack.callAs('alice', 'conversations.unarchive', incidents);
  const third = await declareAndWork(stage, 'Login fails');
  expect((await stage.settled()).lost).toHaveLength(2);
  expect(announced(stage)).toEqual([third]);
});

it('an incident whose own channel was archived keeps no other from being worked', async () => {
  const { driver, slack } = stage;
  await driver.as('alice').slash('/incident', 'declare SEV3 Search is slow', { channel: 'ops' });
  await stage.settled();
  await slack.callAs('alice', 'conversations.archive', { channel: slack.channel('inc-1-search-is-slow').channel_id });
  for (const text of ['One', 'Two', 'Three']) await driver.as('bob').slash('/incident', `note INC-1 ${text}`);
  await declareAndWork(stage, 'Mail is late');
  const { lost, amiss, doubled } = await stage.settled();
  expect(lost).toHaveLength(3);
  expect([amiss, doubled]).toEqual([[], []]);
  expect(told()).toHaveLength(1);
  expect(announced(stage)).toEqual([1, 2]);
});
