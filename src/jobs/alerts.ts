import type { AlertDeps } from '../usecases/alert/change.ts';
import { followAlertMutes } from '../usecases/alert/mute.ts';
import { workOffAlerts } from '../usecases/alert/work-off.ts';
import type { AlertIntake } from '../usecases/alert-port.ts';
import { DatabaseUnavailable } from '../usecases/errors.ts';
import type { Logger } from '../usecases/log.ts';
import type { Chore } from './chores.ts';

const DAY = 86_400_000;
/** What was told of a resolved alert is kept for so long after the last word of it; its group's history stays. */
const KEEP_ALERTS = 30 * DAY;

/** What the minute and the day ask of alerts, beside looking at what came in. */
export function alertChores(
  deps: AlertDeps,
  alerts: Pick<AlertIntake, 'expire'>,
  log: Logger,
): { readonly eachMinute: Chore; readonly daily: Chore } {
  const follow = async () => {
    const ended = await followAlertMutes(deps);
    if (ended.length > 0) log.info({ alerts: ended }, 'mutes are over');
  };
  const expire = async (now: Date) => {
    const gone = await alerts.expire(new Date(now.getTime() - KEEP_ALERTS));
    if (gone > 0) log.info({ alerts: gone }, 'resolved alerts are deleted');
  };
  return {
    eachMinute: { name: 'follow-alert-mutes', run: follow },
    daily: { name: 'expire-alerts', run: expire },
  };
}

/** Between two looks: what comes in meanwhile is one change of each group, one edit of each message; ms. */
const REST = 1_000;
/** Between two tries while the database is away; ms. */
const AWAY = 2_000;

/** What looks at the inbox of alerts in this process. */
export interface AlertWorker {
  /** Something was taken in: it is looked at at once, unless it was looked at a moment ago. */
  wake(): void;
  stop(): Promise<void>;
}

/**
 * Works the inbox of alerts off until it is empty, at the start and whenever something was taken in here; what another
 * instance took in and did not live to look at is found a second later.
 */
export function startAlertWorker(deps: AlertDeps, log: Logger): AlertWorker {
  let stopping = false;
  let wake = () => {};

  const rest = (ms: number, isWakeable: boolean) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        if (!isWakeable && !stopping) return;
        clearTimeout(timer);
        resolve();
      };
    });

  const turn = async (): Promise<void> => {
    try {
      let worked = false;
      for (let done = await workOffAlerts(deps); done.length > 0 && !stopping; done = await workOffAlerts(deps)) {
        worked = true;
        for (const { group, reason } of done) log.debug({ group, reason }, 'looked at alerts');
        log.info({ groups: done.length }, 'alerts are worked off');
      }
      await rest(REST, !worked);
    } catch (err) {
      if (err instanceof DatabaseUnavailable) log.warn({ err }, 'alerts wait for the database');
      else log.error({ err }, 'alerts could not be worked off; they are tried again');
      await rest(AWAY, false);
    }
  };

  const loop = (async () => {
    while (!stopping) await turn();
  })();

  return {
    wake: () => wake(),
    async stop() {
      stopping = true;
      wake();
      await loop;
    },
  };
}
