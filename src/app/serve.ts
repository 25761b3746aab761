import { setTimeout as after } from 'node:timers/promises';
import { type Mainstay, startMainstay } from '../app.ts';
import { type Config, ConfigError, loadConfig, secretValues } from '../config.ts';
import { secretsIn } from '../domain/spec/secret.ts';
import type { RunningSpec } from '../usecases/spec-port.ts';
import { type AppLog, openLog } from './log.ts';
import { openSpec, SpecError } from './spec.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a process hears from outside. */
export interface Signals {
  /** Resolves with the name of the signal that asks it to end. */
  readonly end: Promise<string>;
  /** Calls `reload` at each SIGHUP. */
  onReload(reload: () => void): void;
}

/** Whoever runs processes kills one that has not ended after 30 s; in milliseconds. */
const MOST_TO_END = 25_000;

/**
 * Runs Mainstay until it is told to end. Resolves with the process's exit code: 0 after a clean drain; 1 when that took
 * too long, or when it could not start: the reason is then on standard error in sentences, without a stack.
 */
export async function serve(env: Environment, signals: Signals, complain: (text: string) => void): Promise<number> {
  let config: Config;
  let spec: RunningSpec;
  // Read at every line: what a reloaded spec adds is redacted from its first use on.
  const secrets = new Set<string>();
  try {
    config = loadConfig(env);
    for (const secret of secretValues(config)) secrets.add(secret);
    spec = openSpec(config.specPath, env, (loaded) => {
      for (const secret of secretsIn(loaded)) secrets.add(secret);
    });
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof SpecError)) throw error;
    complain(`${error.message}\n`);
    return 1;
  }
  let appLog: AppLog;
  try {
    appLog = await openLog(config.log, secrets);
  } catch (err) {
    complain(notStarted(err));
    return 1;
  }
  const { log, daily } = appLog;
  for (const note of config.notes) log.info({}, note);

  const starting = startMainstay({ config, spec, log, daily, environment: env });
  // From here on, because SIGHUP ends a process that does not listen to it, also one that is starting.
  signals.onReload(async () => {
    try {
      const reloaded = await (await starting).reloadSpec();
      if (reloaded.kind === 'in-force') {
        const { hash, changed } = reloaded;
        log.info({ spec: spec.running().file, hash, changed }, 'the operations spec was read again');
      } else {
        const faults = reloaded.preview.kind === 'faults' ? reloaded.preview.faults : [];
        log.error({ faults }, 'the operations spec has faults; the one that was running goes on');
      }
    } catch (err) {
      log.error({ err }, 'the operations spec could not be put on record; the one that was running goes on');
    }
  });
  let mainstay: Mainstay;
  try {
    mainstay = await starting;
  } catch (err) {
    log.error({ err }, 'Mainstay could not start');
    complain(notStarted(err));
    return 1;
  }
  const signal = await signals.end;
  log.info({ signal }, 'ending: no new work, what is in flight finishes or returns to the queue');
  if (!(await within(MOST_TO_END, mainstay.stop()))) {
    log.error({}, 'ending took too long; what was in flight is taken over by the next instance, as after a SIGKILL');
    return 1;
  }
  log.info({}, 'ended');
  return 0;
}

/** Whether the work was done within so many milliseconds. @throws what it throws by then */
async function within(milliseconds: number, work: Promise<void>): Promise<boolean> {
  return Promise.race([work.then(() => true), after(milliseconds, false, { ref: false })]);
}

const notStarted = (err: unknown) => `Mainstay could not start: ${err instanceof Error ? err.message : String(err)}\n`;

/** The signals of this process. */
export function processSignals(): Signals {
  return {
    end: new Promise((resolve) => {
      // Listened to until the end: a second one during the drain would otherwise end the process in the middle of it.
      for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => resolve(name));
    }),
    onReload: (reload) => void process.on('SIGHUP', reload),
  };
}
