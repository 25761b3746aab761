import type { Check, Measurement } from '../domain/spec/watching.ts';
import type { CheckAnswer, RunCheck } from '../usecases/check-port.ts';
import type { FinishedLook, TakenCheck } from '../usecases/check-store-port.ts';
import { DatabaseUnavailable } from '../usecases/errors.ts';
import type { HealthDeps } from '../usecases/health/deps.ts';
import { judgeByMetrics, lookAt, scheduleChecks } from '../usecases/health/look.ts';
import { settleChecks } from '../usecases/health/settle.ts';
import type { Logger } from '../usecases/log.ts';

/** Checks that one instance asks at a time. */
const AT_ONCE = 64;
/** How long it rests when nothing is due, at most: what another instance or a person made due is seen then; ms. */
const REST = 1_000;
/** Checks are taken, and their answers written, together: how long the first one waits for company; ms. */
const COMPANY = 200;
/** Between two tries while the database is away; ms. */
const AWAY = 2_000;

export interface CheckRunnerOptions {
  readonly deps: HealthDeps;
  readonly runCheck: RunCheck;
  /** Names this process in claims. */
  readonly instance: string;
  readonly log: Logger;
  /** Told of checks that were looked at, after all was written. */
  readonly looked?: (keys: readonly string[]) => Promise<void>;
}

/**
 * Asks checks as they come due, several at once, each by one instance only. Resolves when what runs has ended. A check that
 * was taken when the process dies is taken over when its claim ends.
 */
export function startCheckRunner(options: CheckRunnerOptions): { stop(): Promise<void> } {
  const { deps, runCheck, instance, log, looked = async () => {} } = options;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let done: FinishedLook[] = [];
  let scheduledSpec: unknown = null;
  /** More was due than there was room for. */
  let isFull = false;
  let wake = () => {};
  let company: ReturnType<typeof setTimeout> | undefined;

  const rest = async (ms: number) => {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    clearTimeout(company);
    company = undefined;
  };
  const finishedOne = () => {
    if (isFull && running.size === 0) wake();
    else company ??= setTimeout(() => wake(), COMPANY);
  };

  const look = async (taken: TakenCheck): Promise<void> => {
    try {
      const finished = await lookAt({ ...deps, runCheck: inTime(runCheck, stopping.signal, log) }, taken);
      if (finished !== null && !stopping.signal.aborted) done.push(finished);
    } catch (err) {
      log.error({ err, check: taken.key }, 'a check could not be looked at; it is taken again when its claim ends');
    }
  };

  const takeDue = async (): Promise<number> => {
    if (deps.spec.current() !== scheduledSpec) {
      const spec = deps.spec.current();
      await scheduleChecks(deps);
      scheduledSpec = spec;
    }
    const now = deps.clock.now();
    const free = AT_ONCE - running.size;
    if (free === 0) return REST;
    const { taken, nextAt } = await deps.checks.take(instance, now, free);
    for (const one of taken) {
      const work = look(one).finally(() => {
        running.delete(work);
        finishedOne();
      });
      running.add(work);
    }
    isFull = taken.length === free;
    if (isFull || nextAt === null) return REST;
    return Math.min(REST, Math.max(COMPANY, nextAt.getTime() - now.getTime()));
  };

  const writeDone = async (): Promise<void> => {
    if (done.length === 0) return;
    const looks = done;
    done = [];
    let kept: string[];
    try {
      kept = await deps.checks.finish(instance, looks);
    } catch (error) {
      // Written when the database is back, unless the claim has ended by then.
      done = [...looks, ...done];
      throw error;
    }
    await judgeByMetrics(deps, kept);
    for (const { check, reason, changed, window } of await settleChecks(deps, kept)) {
      if (changed) log.info({ check, reason, window }, 'a check changed');
      else log.debug({ check, reason }, 'a check stays as it is');
    }
    await looked(kept);
  };

  const turn = async (): Promise<void> => {
    try {
      await writeDone();
      const pause = await takeDue();
      await rest(done.length > 0 ? COMPANY : pause);
    } catch (err) {
      if (err instanceof DatabaseUnavailable) log.warn({ err }, 'checks wait for the database');
      else log.error({ err }, 'checks could not be asked or written');
      await rest(AWAY);
    }
  };

  const loop = (async () => {
    while (!stopping.signal.aborted) await turn();
  })();

  return {
    async stop() {
      stopping.abort();
      wake();
      await loop;
      await Promise.all(running);
      clearTimeout(company);
      await deps.checks.release(instance).catch((err: unknown) => {
        log.warn({ err }, 'checks that were taken are not given back; others take them over when their claims end');
      });
    },
  };
}

/** Nothing waits longer than the check's time-out, whatever its adapter does. */
function inTime(runCheck: RunCheck, stopping: AbortSignal, log: Logger) {
  return async (check: Check | Measurement): Promise<CheckAnswer> => {
    // Not AbortSignal.timeout: that goes off also for what answered long before, and ten thousand wait for it at a time.
    const over = new AbortController();
    const end = () => over.abort();
    const timer = setTimeout(end, check.timeout);
    stopping.addEventListener('abort', end);
    try {
      return await runCheck(check, over.signal);
    } catch (err) {
      log.error({ err, check: check.key }, 'a check failed for a fault of our own');
      const answer: CheckAnswer = {
        answer: 'could-not-tell',
        detail: 'Mainstay had a fault; its log says more.',
        latencyMs: null,
        figures: {},
      };
      return answer;
    } finally {
      clearTimeout(timer);
      stopping.removeEventListener('abort', end);
    }
  };
}
