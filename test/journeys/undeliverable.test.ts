import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';

/** A workspace that is not as the spec says: one channel does not exist, another is private and without the bot. */
let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({
    spec: (northwind) =>
      `${northwind.replaceAll('announce: [incidents]', 'announce: [status-page, incidents]')}\nincident:\n  managersChannel: board\n`,
  });
  await journey.slack.callAs('charlie', 'conversations.create', { name: 'board', is_private: true });
});
afterAll(() => journey.stop());

const warnings = () =>
  journey.slack
    .history('ops')
    .map(shown)
    .filter((line) => line.includes('Could not deliver'))
    .map((line) => line.split('\n')[0]);

it('what cannot be said is told to the operators, holds nothing up, and is said once the way is free', async () => {
  const { slack } = journey;
  await journey.type('alice', '/incident declare sev2 Checkout is down');
  await journey.type('alice', '/incident resolve INC-1 Rolled back');
  await journey.quiet();
  const room = await journey.room('INC-1');
  expect(shown(await journey.message('incidents', 'INC-1'))).toContain('Resolved');
  expect(slack.pins(room)).toHaveLength(1);
  expect(warnings().sort()).toEqual([
    ':warning: Could not deliver *the announcement of INC-1* to #status-page: There is no channel "status-page" that the bot can see: create it, or invite the bot if it is private.',
    ':warning: Could not deliver *the summary of INC-1* to #board: There is no channel "board" that the bot can see: create it, or invite the bot if it is private.',
  ]);

  await slack.callAs('charlie', 'conversations.create', { name: 'status-page' });
  const { channel_id: board } = slack.channel('board');
  await slack.callAs('charlie', 'conversations.invite', { channel: board, users: slack.users.bot });
  // What is known of the channels is half a minute old by then.
  journey.later(1);
  await journey.type('bob', '/ops queue');
  const queue = await journey.hears('bob', 'undeliverable');
  for (const blockOf of ['the announcement', 'the summary']) {
    const block = (queue.blocks ?? []).findIndex((one) => JSON.stringify(one).includes(blockOf));
    await journey.driver.as('bob').click(queue, 'ops.retry', null, { block: `b${block}` });
  }
  await journey.quiet();
  expect(shown(await journey.message('status-page', 'INC-1'))).toContain('Resolved');
  expect(shown(await journey.message('board', 'INC-1 resolved'))).toContain('Rolled back');
  expect(told(await journey.type('bob', '/ops queue'))).toContain(
    'Everything that was to be said in Slack has been said.',
  );

  // From now on it is edited in place there too.
  await journey.type('alice', '/incident reopen INC-1 It is back');
  await journey.quiet();
  expect(shown(await journey.message('status-page', 'INC-1'))).toContain('Mitigating');
  expect(warnings()).toHaveLength(2);
});
