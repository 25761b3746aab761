import { freeSpace } from '../adapters/files/free-space.ts';
import { QUEUES } from '../adapters/jobs/queues.ts';
import { readOwnFacts } from '../adapters/postgres/own-facts.ts';
import { backupFamilies } from '../adapters/prometheus/backup-families.ts';
import type { Metrics } from '../adapters/prometheus/metrics.ts';
import { ownFamilies } from '../adapters/prometheus/own-families.ts';
import { roomFamilies } from '../adapters/prometheus/room-families.ts';
import { uptimeFamilies } from '../adapters/prometheus/uptime-families.ts';
import type { CallAccount } from '../adapters/slack/call-account.ts';
import type { SlackConnection } from '../adapters/slack/connection.ts';
import type { Config } from '../config.ts';
import type { BackupGlance } from '../domain/backup/status.ts';
import type { DiskFacts, DiskPlace } from '../domain/own/facts.ts';
import type { UptimeGlance } from '../domain/uptime/report.ts';
import type { RunCheck } from '../usecases/check-port.ts';
import { DatabaseUnavailable } from '../usecases/errors.ts';
import type { RoomFigures } from '../usecases/figures-port.ts';
import { inTime } from '../usecases/in-time.ts';
import type { JobWorkers } from '../usecases/jobs-port.ts';
import type { Logger } from '../usecases/log.ts';
import { lookAtOwn } from '../usecases/own/look.ts';
import type { OwnReport } from '../usecases/own-port.ts';
import type { Clock } from '../usecases/ports.ts';
import { sharedAnswer } from '../usecases/shared-answer.ts';
import type { RunningSpec } from '../usecases/spec-port.ts';
import type { Data } from './data.ts';

/** What the rooms hold is counted about this often, however many scrape; in milliseconds. */
const FRESH_FIGURES = 5_000;
/** Uptime is reckoned from months of answers, and moves slowly. */
const FRESH_UPTIME = 60_000;
/** What takes longer is left out of a scrape, which Prometheus gives up after 10 s; ms. */
const FIGURES_PATIENCE = 2_000;
/** What Slack said of its clock longer ago than this says nothing of ours now, in milliseconds. */
const CLOCK_KEPT = 600_000;

const elapsed = () => performance.now();

/** Counts the calls to Slack, and keeps what Slack last said of its clock. */
export function slackAccount(metrics: Metrics): CallAccount & { aheadMs(): number | null } {
  let read: { readonly aheadMs: number; readonly at: number } | null = null;
  return {
    called: metrics.slackCalled,
    clockRead: (aheadMs) => {
      read = { aheadMs, at: elapsed() };
    },
    aheadMs: () => (read !== null && elapsed() - read.at < CLOCK_KEPT ? read.aheadMs : null),
  };
}

export interface OwnOptions {
  readonly config: Pick<Config, 'home' | 'log'>;
  readonly data: Data;
  readonly slack: Pick<SlackConnection, 'state'>;
  readonly slackAheadMs: () => number | null;
  readonly sinceTickMs: () => number | null;
  readonly spec: RunningSpec;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How this instance is, measured where it runs. */
export function ownHealth(options: OwnOptions): () => Promise<OwnReport> {
  const { config, data, slack, slackAheadMs, sinceTickMs, spec, clock, log } = options;
  return lookAtOwn(
    {
      slack: () => {
        const { mode, state, stateForMs, lastEventAt } = slack.state();
        const age = lastEventAt === null ? null : Math.max(0, clock.now().getTime() - lastEventAt.getTime());
        return { mode, state, stateForMs, lastEventAgeMs: age };
      },
      slackAheadMs,
      database: () => readOwnFacts(data.database.pool, Object.keys(QUEUES)),
      disks: async () => [
        ...(await disk('home', config.home, log)),
        ...(config.log.dir === null ? [] : await disk('logs', config.log.dir, log)),
      ],
      sinceTickMs,
      spec: () => ({ name: spec.current().name, hash: spec.running().hash }),
      elapsed,
    },
    log,
  );
}

async function disk(place: DiskPlace, folder: string, log: Logger): Promise<DiskFacts[]> {
  try {
    return [{ place, ...(await freeSpace(folder)) }];
  } catch (err) {
    log.warn({ err, place }, 'a folder Mainstay writes to could not be looked at');
    return [];
  }
}

/** The text of `/metrics`: what this process counted, how it is, and what the rooms hold as far as the database answers soon. */
export function metricsText(
  metrics: Metrics,
  own: () => Promise<OwnReport>,
  rooms: () => Promise<RoomFigures>,
  uptime: () => Promise<readonly UptimeGlance[]>,
  backups: () => Promise<readonly BackupGlance[]>,
  log: Logger,
): () => Promise<string> {
  const counted = async <Figures>(count: () => Promise<Figures>): Promise<Figures | null> => {
    try {
      return await count();
    } catch (err) {
      if (!(err instanceof DatabaseUnavailable)) throw err;
      log.warn({ err }, 'what the rooms hold could not be counted');
      return null;
    }
  };
  const figures = sharedAnswer(FRESH_FIGURES, elapsed, () => counted(rooms));
  const promises = sharedAnswer(FRESH_UPTIME, elapsed, () => counted(uptime));
  const made = sharedAnswer(FRESH_FIGURES, elapsed, () => counted(backups));
  return async () => {
    const report = await own();
    // Not asked of a database that does not answer: a scrape waits for nothing.
    const [held, kept, saved] =
      report.facts.database === null
        ? [null, null, null]
        : await Promise.all([
            inTime(figures(), FIGURES_PATIENCE),
            inTime(promises(), FIGURES_PATIENCE),
            inTime(made(), FIGURES_PATIENCE),
          ]);
    return metrics.render([
      ...ownFamilies(report),
      ...roomFamilies(held),
      ...uptimeFamilies(kept ?? []),
      ...backupFamilies(saved ?? []),
    ]);
  };
}

/** Counts the looks. */
export function countedChecks(runCheck: RunCheck, metrics: Metrics): RunCheck {
  return async (check, signal) => {
    const begun = elapsed();
    const found = await runCheck(check, signal);
    metrics.checked(check.kind, found.answer, (elapsed() - begun) / 1000);
    return found;
  };
}

/** Counts the jobs. */
export function countedJobs(workers: JobWorkers, metrics: Metrics): JobWorkers {
  return {
    ...workers,
    work: (queue, parallel, run) =>
      workers.work(queue, parallel, async (job, signal) => {
        const begun = elapsed();
        const ended = (outcome: 'done' | 'again' | 'failed') =>
          metrics.jobEnded(queue, outcome, (elapsed() - begun) / 1000);
        try {
          const outcome = await run(job, signal);
          ended(outcome.kind);
          return outcome;
        } catch (error) {
          ended('failed');
          throw error;
        }
      }),
  };
}
