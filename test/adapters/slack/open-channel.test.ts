import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { setSeverity } from '../../../src/usecases/incident/set-severity.ts';
import { type DeliveryHarness, deliveryHarness, PATIENCE } from './delivery-harness.ts';

let harness: DeliveryHarness;
beforeEach(async () => {
  harness = await deliveryHarness();
});
afterEach(() => harness.close());

const NAME = 'inc-1-checkout-is-down';

/** The messages of a channel that somebody wrote: without those Slack writes about topics and people. */
function written(channel: string) {
  return harness.slack.history(channel).filter(({ subtype }) => !subtype || subtype === 'bot_message');
}

async function errors(): Promise<(string | null)[]> {
  return (await harness.settled()).map(({ error }) => error);
}

it('declaring opens the channel with topic, bookmarks, people and the pinned card', async () => {
  const { slack } = harness;
  await harness.declare({ title: 'Checkout is down: 50% of carts, déjà vu', severity: 'SEV2', service: 'checkout' });
  const rows = await harness.settled();
  expect(rows.map(({ status, error }) => [status, error])).toEqual(rows.map(() => ['delivered', null]));

  const name = 'inc-1-checkout-is-down-50-of-carts-deja-vu';
  const channel = slack.channel(name);
  expect(channel.topic.value).toBe('SEV2 · INC-1 · Assessed · no owner yet · Checkout is down: 50% of carts, déjà vu');
  expect(slack.bookmarks(name).map(({ title, link }) => [title, link])).toEqual([
    ['Runbook', 'https://example.com/runbook'],
  ]);
  // The declarer, the team of SEV2 by its members and by its user group, and the bot.
  const { alice, bob, charlie, bot } = slack.users;
  expect(slack.members(name).toSorted()).toEqual([alice, bob, charlie, bot].toSorted());
  expect(slack.pins(name)).toEqual(written(name).map(({ ts }) => ts));
  expect(await harness.first.store.incidentInChannel(channel.channel_id)).toMatchObject({
    number: 1,
    channel: { id: channel.channel_id, name },
  });
});

it.each([
  ['somebody else has the name', 'alice'],
  ['a channel of an earlier life of the bot has the name', 'bot'],
] as const)('when %s, the next suffix is taken', async (_, owner) => {
  const { slack } = harness;
  await slack.callAs('alice', 'conversations.create', { name: NAME });
  if (owner === 'bot')
    slack.stage.emulator.table('channels').update(slack.channel(NAME).id, { creator: slack.users.bot });
  const taken = slack.history(NAME).length;
  await harness.declare();
  await harness.settled();
  expect(slack.history(NAME)).toHaveLength(taken);
  expect(await harness.first.store.incident(1)).toMatchObject({ channel: { name: `${NAME}-2` } });
});

it('a channel whose creation was not confirmed is adopted, not made twice', async () => {
  const { slack } = harness;
  slack.faults.next('conversations.create', { reset: true, delivered: true });
  await harness.declare();
  await harness.settled();
  expect(await harness.first.store.incident(1)).toMatchObject({ channel: { name: NAME } });
  expect(slack.callsTo('conversations.create').map(({ delivered }) => delivered)).toEqual([true, false]);
  expect(written(NAME)).toHaveLength(1);
});

it('a card whose post was not confirmed is found, not posted twice', async () => {
  const { slack } = harness;
  slack.faults.next(
    'chat.postMessage',
    { status: 500, delivered: true },
    { where: ({ channel }) => channel !== slack.channels['incidents'] },
  );
  await harness.declare();
  await harness.settled();
  expect(written(NAME)).toHaveLength(1);
  expect(slack.pins(NAME)).toHaveLength(1);
});

it('somebody who cannot be invited stops nobody else', async () => {
  const { slack } = harness;
  const { bob, charlie } = slack.users;
  slack.faults.next(
    'conversations.invite',
    { error: 'user_is_restricted' },
    { where: ({ users }) => String(users).includes(',') },
  );
  slack.faults.next('conversations.invite', { error: 'user_is_restricted' }, { where: ({ users }) => users === bob });
  await harness.declare({ severity: 'SEV2' });
  expect(await errors()).toContain(`<@${bob}> was not invited: Slack refused it (user_is_restricted).`);
  expect(slack.members(NAME)).toContain(charlie);
  expect(slack.members(NAME)).not.toContain(bob);
  expect(written(NAME)).toHaveLength(1);
});

it('a topic or a pin that Slack refuses does not stop the rest', async () => {
  const { slack } = harness;
  slack.faults.next('conversations.setTopic', { error: 'restricted_action' });
  slack.faults.next('pins.add', { error: 'too_many_pins' });
  await harness.declare();
  expect(await errors()).toContain(
    'The topic was not set: The workspace does not let the bot do this there. The card was not pinned: Slack refused it (too_many_pins).',
  );
  expect(written(NAME)).toHaveLength(1);
});

it('a change made while the card is on its way shows on the card in the end', async () => {
  const { slack, deps, caller } = harness;
  // The card is posted, and its answer is late: the change comes when nobody knows yet where the card is.
  slack.faults.next(
    'chat.postMessage',
    { hang: true, delivered: true },
    { where: ({ channel }) => channel !== slack.channels['incidents'] },
  );
  await harness.declare();
  await vi.waitFor(() => expect(written(NAME)).toHaveLength(1), PATIENCE);
  await setSeverity(deps, caller, { number: 1, to: 'SEV1', reason: 'All carts' });
  await harness.settled();
  expect(JSON.stringify(written(NAME)[0]?.blocks)).toContain('SEV1');
});
