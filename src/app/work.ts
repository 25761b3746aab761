import type { Queue } from '../adapters/jobs/boss.ts';
import { startWorkers } from '../adapters/jobs/workers.ts';
import { slackChannels } from '../adapters/slack/channels.ts';
import { deliverTo } from '../adapters/slack/deliver.ts';
import { PACE } from '../adapters/slack/deliveries/tools.ts';
import { deliveryClient } from '../adapters/slack/delivery-client.ts';
import type { BotIdentity } from '../adapters/slack/identity.ts';
import { slackUserGroups } from '../adapters/slack/user-groups.ts';
import type { Config } from '../config.ts';
import type { Promises } from '../usecases/delivery-port.ts';
import { recordChannel } from '../usecases/incident/record-channel.ts';
import type { Logger } from '../usecases/log.ts';
import type { Clock, SpecSource, Store } from '../usecases/ports.ts';
import type { Data } from './data.ts';

/** Lanes that are delivered at the same time: enough to keep a slow channel from holding up the others. */
const LANES_AT_ONCE = 8;

export interface WorkOptions {
  readonly config: Config;
  readonly data: Data;
  readonly queue: Queue;
  readonly bot: BotIdentity;
  readonly store: Store;
  readonly promises: Promises;
  readonly clock: Clock;
  readonly spec: SpecSource;
  readonly log: Logger;
  readonly daily: ((now: Date) => Promise<void>) | null;
}

export interface Work {
  stop(): Promise<void>;
}

/** Everything this instance does by itself: deliveries to Slack, and what is looked at each minute and each day. */
export async function startWork(options: WorkOptions): Promise<Work> {
  const { config, data, queue, bot, store, promises, clock, spec, log } = options;
  const slack = deliveryClient({ ...config.slack, log });
  const workers = startWorkers(queue, { url: data.url, log });
  const deliver = deliverTo({
    slack,
    channels: slackChannels(slack, clock),
    groups: slackUserGroups(slack, clock),
    bot,
    promises,
    incidents: store,
    spec,
    clock,
    log,
    pace: PACE,
    channelOpened: async (number, channel) => void (await recordChannel({ store, clock, spec }, { number, channel })),
  });
  await workers.work('slack', LANES_AT_ONCE, deliver);
  return { stop: workers.stop };
}
