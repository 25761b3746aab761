import { randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { callHeartbeat } from '../adapters/heartbeat/send.ts';
import type { Queue } from '../adapters/jobs/boss.ts';
import { startWorkers } from '../adapters/jobs/workers.ts';
import { createPagers } from '../adapters/pagers/pagers.ts';
import { createAlertWatch } from '../adapters/postgres/alert-watch.ts';
import { createAuditLog } from '../adapters/postgres/audit-log.ts';
import { eventsOf } from '../adapters/postgres/event-log.ts';
import { postgresPromiseQueue } from '../adapters/postgres/promise-queue.ts';
import { rowsOf } from '../adapters/postgres/session.ts';
import type { Metrics } from '../adapters/prometheus/metrics.ts';
import type { CallAccount } from '../adapters/slack/call-account.ts';
import { slackChannels } from '../adapters/slack/channels.ts';
import { deliverTo } from '../adapters/slack/deliver.ts';
import { PACE } from '../adapters/slack/deliveries/tools.ts';
import { deliveryClient, fileUpload } from '../adapters/slack/delivery-client.ts';
import type { BotIdentity } from '../adapters/slack/identity.ts';
import { slackUserGroups } from '../adapters/slack/user-groups.ts';
import { copiesInChild } from '../adapters/storage/in-child.ts';
import { leftoversIn } from '../adapters/storage/unfinished.ts';
import { type Config, secretValues } from '../config.ts';
import { OWN_SUBJECT } from '../domain/event.ts';
import type { OwnEvent, OwnPlace } from '../domain/own/trouble.ts';
import { actions } from '../jobs/actions.ts';
import { alertChores, startAlertWorker } from '../jobs/alerts.ts';
import { backupChores, backups, sweptBackups } from '../jobs/backups.ts';
import { budgets } from '../jobs/budgets.ts';
import { startCheckRunner } from '../jobs/check-runner.ts';
import { checkChores } from '../jobs/checks.ts';
import { type Chore, doChores } from '../jobs/chores.ts';
import { digests } from '../jobs/digests.ts';
import { plannedDrills } from '../jobs/drills.ts';
import { duties } from '../jobs/duties.ts';
import { followingSpec } from '../jobs/follow-spec.ts';
import { heartbeat } from '../jobs/heartbeat.ts';
import { ownTroubles } from '../jobs/own-troubles.ts';
import { pages, sendPages } from '../jobs/pages.ts';
import { reminders } from '../jobs/reminders.ts';
import { upkeep, upkeepDue, watchClock } from '../jobs/upkeep.ts';
import { quietWindows, windows } from '../jobs/windows.ts';
import { startJobs } from '../jobs/workers.ts';
import type { AlertIntake } from '../usecases/alert-port.ts';
import { takeAnchor } from '../usecases/audit/anchor.ts';
import { expireLog } from '../usecases/audit/expire.ts';
import { BACKUP_PACE } from '../usecases/backup/watch.ts';
import type { RunCheck } from '../usecases/check-port.ts';
import type { CheckStore } from '../usecases/check-store-port.ts';
import type { Promises } from '../usecases/delivery-port.ts';
import { screensOf } from '../usecases/health/screens.ts';
import { recordChannel } from '../usecases/incident/record-channel.ts';
import type { Logger } from '../usecases/log.ts';
import type { OwnReport } from '../usecases/own-port.ts';
import { recordAttempt } from '../usecases/page/record.ts';
import type { Clock, Store } from '../usecases/ports.ts';
import type { Alertmanagers } from '../usecases/silence-port.ts';
import type { SpecDeps } from '../usecases/spec/in-force.ts';
import type { RunningSpec } from '../usecases/spec-port.ts';
import type { UptimeStore } from '../usecases/uptime-port.ts';
import { anchorsIn } from './anchors.ts';
import { backupMaker, backupsIn, chance, programEnvironment } from './backups.ts';
import type { Data } from './data.ts';
import { countedJobs } from './own.ts';
import { redactOutput } from './redact-output.ts';
import { whenFirstUsed } from './when-first-used.ts';

export interface WorkOptions {
  readonly config: Config;
  readonly data: Data;
  readonly queue: Queue;
  readonly bot: BotIdentity;
  readonly store: Store;
  readonly promises: Promises;
  readonly clock: Clock;
  readonly spec: RunningSpec;
  readonly specDeps: SpecDeps;
  /** Mainstay's own environment, of which automated duties are given what they name. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of Mainstay. */
  readonly version: string;
  readonly log: Logger;
  /** What else is done once a day. */
  readonly daily: readonly Chore[];
  readonly checks: CheckStore;
  readonly alerts: AlertIntake;
  readonly uptime: UptimeStore;
  readonly alertmanagers: Alertmanagers;
  /** Asks one check. */
  readonly runCheck: RunCheck;
  readonly metrics: Metrics;
  /** Hears of every call to Slack. */
  readonly account: CallAccount;
  /** Hears each minute that this instance looks at what is due. */
  readonly ticked: () => void;
  readonly own: () => Promise<OwnReport>;
  readonly place: OwnPlace;
}

/** Slack's messages and the queue have times of their own, which nobody moves: what is looked for there goes by them. */
const WALL: Clock = { now: () => new Date() };

/** What this instance does by itself. */
interface Work {
  /** Alerts were taken in here. */
  alertsTaken(): void;
  /** See `Mainstay.look`. */
  look(): Promise<void>;
  /** Keeps quiet now what a window covers that somebody began, extended or ended; the next minute would do it too. */
  keepQuiet(): void;
  stop(): Promise<void>;
}

/** When nothing more was said for so long, what is left waits for Slack and is said later; in milliseconds. */
const NOTHING_SAID = 500;
const LOOK_AGAIN = 15;

/** Everything this instance does by itself: deliveries to Slack, and what is looked at each minute and each day. */
export async function startWork(options: WorkOptions): Promise<Work> {
  const { config, data, queue, bot, store, promises, clock, spec, log, checks, uptime } = options;
  const slack = deliveryClient({ ...config.slack, log, account: options.account });
  const deliver = deliverTo({
    slack,
    channels: slackChannels(slack, WALL),
    groups: slackUserGroups(slack, WALL),
    bot,
    promises,
    incidents: store,
    runs: store,
    checks,
    windows: store,
    alerts: store,
    pages: store,
    backups: store,
    spec,
    clock: WALL,
    log,
    pace: PACE,
    paint: whenFirstUsed(async () => (await import('../adapters/pictures/png.ts')).paintPng),
    upload: fileUpload(),
    called: (end) => recordAttempt({ store, clock, spec }, end),
    channelOpened: async (number, channel) => void (await recordChannel({ store, clock, spec }, { number, channel })),
  });
  const redact = (text: string) => redactOutput(text, secretValues(config), spec.current(), options.environment);
  const carryOut = whenFirstUsed(async () => {
    const { carryOutActions } = await import('./actions.ts');
    return carryOutActions({ store, checks, uptime, clock, spec, environment: options.environment });
  });
  const maker = backupMaker({
    home: config.home,
    spec,
    environment: options.environment,
    ownUrl: data.url,
    version: options.version,
    redact,
  });
  const kept = {
    ...{ store, clock, spec, redact },
    copies: copiesInChild(programEnvironment(options.environment)),
    root: backupsIn(config.home),
  };
  const audit = createAuditLog(data.database, queue);
  const published = anchorsIn(config.home);
  const health = { store, checks, clock, spec };
  const quiet = quietWindows(
    { ...health, alerts: createAlertWatch(data.database.pool), alertmanagers: options.alertmanagers },
    log,
  );
  let quieting: Promise<unknown> = Promise.resolve();
  const chores = checkChores(health, log);
  const { heartbeatUrl } = config;
  const beat =
    heartbeatUrl === null
      ? null
      : heartbeat({
          own: options.own,
          send: (signal) => callHeartbeat(heartbeatUrl, signal),
          count: options.metrics.heartbeat,
          log,
        });
  const alertChore = alertChores({ store, clock, spec }, options.alerts, log);
  const jobs = await startJobs({
    workers: countedJobs(startWorkers(queue, { url: data.url, log }), options.metrics),
    sender: queue,
    deliver,
    sendPage: sendPages({ store, clock, spec, pagers: createPagers(config.mail) }, log),
    runAction: actions({ store, clock, spec, carryOut, redact }, log),
    makeBackup: backups({ store, clock, spec, maker, chance, pace: BACKUP_PACE, log }, log),
    keepUp: upkeep(kept, log),
    chores: {
      eachMinute: [
        ...reminders({ store, clock, spec }, log),
        ...duties({ store, clock, spec }, log),
        ...digests({ store, checks, uptime, clock, spec }, log),
        chores.eachMinute,
        budgets({ store, checks, uptime, clock, spec }, log),
        alertChore.eachMinute,
        ...windows({ store, clock, spec }, log),
        plannedDrills({ store, clock, spec }, log),
        ...backupChores({ store, clock, spec }, log),
        // Nobody's call waits for an Alertmanager that does not answer.
        pages(health, log),
        quiet,
        chores.afterWindows,
        upkeepDue(kept, queue),
      ],
      daily: [
        { name: 'audit-anchor', run: async () => void (await takeAnchor({ log: audit, published, clock, spec })) },
        { name: 'audit-expire', run: async () => void (await expireLog({ log: audit, clock, wall: WALL })) },
        // Before single answers are deleted.
        { name: 'keep-answers', run: (now) => uptime.keepAnswers(now) },
        chores.daily,
        alertChore.daily,
        ...options.daily,
      ],
      here: [
        { name: 'ticked', run: async () => options.ticked() },
        watchClock(kept, () => performance.now()),
        followingSpec(options.specDeps, log),
        sweptBackups(store, leftoversIn(backupsIn(config.home)), log),
        ownTroubles(
          {
            own: options.own,
            store,
            told: (since) =>
              eventsOf<OwnEvent>((text, values) => rowsOf(data.database.pool, text, values), OWN_SUBJECT, since),
            place: options.place,
            spec,
            clock: WALL,
          },
          log,
        ),
        ...(beat === null ? [] : [beat.chore]),
      ],
    },
    clock,
    log,
  });
  const runner = startCheckRunner({
    deps: health,
    runCheck: options.runCheck,
    instance: randomUUID(),
    log,
    looked: screensOf(health, () => performance.now()),
  });
  const alerts = startAlertWorker({ store, clock, spec }, log);
  const promised = postgresPromiseQueue(data.database, queue);
  return {
    alertsTaken: alerts.wake,
    keepQuiet: () => {
      quieting = doChores([quiet], clock.now(), log);
    },
    stop: async () => {
      await quieting;
      await alerts.stop();
      await beat?.stop();
      await runner.stop();
      await jobs.stop();
    },
    look: async () => {
      await jobs.look();
      let waiting = Number.POSITIVE_INFINITY;
      let said = performance.now();
      for (;;) {
        const { pending } = await promised.counts();
        if (pending < waiting) said = performance.now();
        waiting = pending;
        if (pending === 0 || performance.now() - said > NOTHING_SAID) return;
        await after(LOOK_AGAIN);
      }
    },
  };
}
