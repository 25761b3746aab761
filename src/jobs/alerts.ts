import { type AlertDeps, workOffAlerts } from '../usecases/alert/work-off.ts';
import { DatabaseUnavailable } from '../usecases/errors.ts';
import type { Logger } from '../usecases/log.ts';

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
