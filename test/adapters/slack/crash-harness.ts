import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Delivery } from '../../../src/domain/delivery.ts';
import type { DeliveryHarness } from './delivery-harness.ts';
import type { Death } from './dying-instance.ts';

/** What a crash left in Slack once another instance had gone on. */
export interface Aftermath {
  /** False when everything was delivered before it came to that call. */
  readonly died: boolean;
  readonly channels: number;
  /** The messages of the incident's channel that somebody wrote, in order, by what they say. */
  readonly said: readonly string[];
  readonly topics: number;
  readonly pinned: number;
  readonly announcements: number;
  readonly undelivered: number;
}

export const WHOLE: Omit<Aftermath, 'died'> = {
  channels: 1,
  said: ['card', 'line 1', 'line 2'],
  topics: 1,
  pinned: 1,
  announcements: 1,
  undelivered: 0,
};

/** Declares an incident with two lines in its channel, lets an instance die at a call, lets another go on, and counts. */
export async function crashAt(harness: DeliveryHarness, death: Pick<Death, 'atCall' | 'when'>): Promise<Aftermath> {
  const { slack, url } = harness;
  const { number } = await harness.declare({ title: 'Crash', severity: 'SEV2', service: 'checkout' });
  await harness.promise(lineFor(number, 1), lineFor(number, 2));

  const { apiUrl, token } = slack;
  const dying: Death = { ...{ url, apiUrl, token, bot: slack.users.bot }, ...death };
  const child = fork(new URL('./dying-instance.ts', import.meta.url), [JSON.stringify(dying)], { execArgv: [] });
  const exit = once(child, 'exit');
  const died = await Promise.race([exit.then(() => true), harness.settled().then(() => false)]);
  child.kill('SIGKILL');
  await exit;

  const survivor = await harness.instance();
  const rows = await harness.settled();
  await survivor.stop();
  const channels = slack.stage.emulator
    .table('channels')
    .all()
    .filter(({ name }) => name.startsWith(`inc-${number}-`));
  const name = channels[0]?.name ?? '';
  const history = slack.history(name);
  return {
    died,
    channels: channels.length,
    said: history.filter(({ metadata }) => metadata).map(({ text }) => /line \d/.exec(text)?.[0] ?? 'card'),
    topics: history.filter(({ subtype }) => subtype === 'channel_topic').length,
    pinned: slack.pins(name).length,
    announcements: slack.history('incidents').filter(({ text }) => text.includes(`INC-${number} `)).length,
    undelivered: rows.filter(({ status }) => status !== 'delivered').length,
  };
}

function lineFor(number: number, n: number): Delivery {
  const to = { to: 'incident' as const, number };
  return { kind: 'post', to, message: { type: 'anchor', root: `line ${n}`, heads: n, at: '2026-11-21T14:00:00.000Z' } };
}
