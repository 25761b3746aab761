import type { FetchFunction } from '@slack/web-api';
import { openQueue, type Queue } from '../../../src/adapters/jobs/boss.ts';
import { startWorkers } from '../../../src/adapters/jobs/workers.ts';
import { paintPng } from '../../../src/adapters/pictures/png.ts';
import { createCheckStore } from '../../../src/adapters/postgres/check-store.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/client.ts';
import { postgresPromises } from '../../../src/adapters/postgres/promises.ts';
import { createStore } from '../../../src/adapters/postgres/store.ts';
import { slackChannels } from '../../../src/adapters/slack/channels.ts';
import { deliverTo } from '../../../src/adapters/slack/deliver.ts';
import { deliveryClient, fileUpload } from '../../../src/adapters/slack/delivery-client.ts';
import { slackUserGroups } from '../../../src/adapters/slack/user-groups.ts';
import type { OperationsSpec } from '../../../src/domain/spec/types.ts';
import { recordChannel } from '../../../src/usecases/incident/record-channel.ts';
import type { Logger } from '../../../src/usecases/log.ts';
import { recordAttempt } from '../../../src/usecases/page/record.ts';
import type { Clock, Store } from '../../../src/usecases/ports.ts';

export interface DeliveringOptions {
  readonly url: string;
  readonly apiUrl: string;
  readonly token: string;
  /** Slack user id of the bot. */
  readonly bot: string;
  readonly spec: OperationsSpec;
  readonly log: Logger;
  readonly clock: Clock;
  readonly fetch?: FetchFunction;
  readonly parallel?: number;
}

/** An instance of Mainstay that delivers and does nothing else. */
export interface Delivering {
  readonly database: Database;
  readonly queue: Queue;
  readonly store: Store;
  stop(): Promise<void>;
}

/** A call to Slack that is not answered ends after this time, in milliseconds: longer than a busy machine takes to answer. */
const CALL_TIMEOUT = 1_500;

export async function startDelivering(options: DeliveringOptions): Promise<Delivering> {
  const { url, apiUrl, token, bot, log, clock, fetch, parallel = 4 } = options;
  const database = openDatabase(url, { log });
  const queue = await openQueue(url, { keep: true, log });
  const store = createStore(database, queue);
  const spec = { current: () => options.spec };
  const slack = deliveryClient({ botToken: token, apiUrl, log, timeout: CALL_TIMEOUT, ...(fetch && { fetch }) });
  const deliver = deliverTo({
    slack,
    channels: slackChannels(slack, clock),
    groups: slackUserGroups(slack, clock),
    bot: { userId: bot },
    promises: postgresPromises(database, queue),
    incidents: store,
    runs: store,
    checks: createCheckStore(database),
    windows: store,
    alerts: store,
    pages: store,
    backups: store,
    called: (end) => recordAttempt({ store, clock, spec }, end),
    spec,
    clock,
    log,
    channelOpened: async (number, channel) => {
      const recorded = await recordChannel({ store, clock, spec }, { number, channel });
      if (!recorded.ok && recorded.refusal.code !== 'channel-known') throw new Error(recorded.refusal.message);
    },
    paint: paintPng,
    upload: fileUpload({ timeout: CALL_TIMEOUT, ...(fetch && { fetch }) }),
    pace: { waitSeconds: () => 0.05, settleMs: 20 },
  });
  const workers = startWorkers(queue, { url, log, beatMs: 200 });
  await workers.work('slack', parallel, deliver);
  return {
    database,
    queue,
    store,
    stop: async () => {
      await workers.stop();
      await queue.close();
      await database.close();
    },
  };
}
