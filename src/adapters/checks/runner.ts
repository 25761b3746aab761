import { formatDuration } from '../../domain/spec/duration.ts';
import type { Target } from '../../domain/spec/target.ts';
import type { Check, Measurement } from '../../domain/spec/watching.ts';
import type { CheckAnswer, CheckMemory, RunCheck } from '../../usecases/check-port.ts';
import type { Clock } from '../../usecases/ports.ts';
import { lookAtFileAge, lookAtObjectAge } from './age.ts';
import { lookAtCommand } from './command.ts';
import { lookAtDisk } from './disk.ts';
import { lookAtDns } from './dns.ts';
import { lookAtEnvironment } from './environment.ts';
import { codeOf, seenFault } from './fault-words.ts';
import { lookAtPrometheus, lookAtScrape } from './figures.ts';
import { lookAtHttp } from './http.ts';
import { lookAtLogFile, lookAtLoki } from './logs.ts';
import { type Asking, addressOf, CouldNotTell, failing, type Seen } from './look.ts';
import { lookAtMetric } from './metric.ts';
import { lookAtMigrations } from './migrations.ts';
import { lookAtParity } from './parity.ts';
import { lookAtPostgres } from './postgres.ts';
import { lookAtProcess } from './process.ts';
import { lookAtRedis } from './redis.ts';
import { lookAtSql } from './sql.ts';
import { lookAtSqlite } from './sqlite.ts';
import { lookAtTcp } from './tcp.ts';
import { lookAtTls } from './tls.ts';

interface Surroundings {
  /** Those of the spec in force, asked at every look. */
  targets(): Readonly<Record<string, Target>>;
  /** Mainstay's own environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly memory: CheckMemory;
  readonly clock: Clock;
}

/** Looks at a check of any kind, over a connection of its own. */
export function createCheckRunner({ targets, env, memory, clock }: Surroundings): RunCheck {
  return async (check, signal) => {
    const asking: Asking = {
      signal,
      env,
      now: clock.now(),
      address: (target) => addressOf(targets(), target),
      recall: () => memory.recall(check.key),
      keep: (notes) => memory.keep(check.key, notes),
    };
    const begun = performance.now();
    const seen = await orAborted(lookAt(check, asking), signal).catch((error) => faultOf(error, check, signal));
    const latencyMs = performance.now() - begun;
    return answerOf(check, seen, latencyMs);
  };
}

function lookAt(check: Check | Measurement, asking: Asking): Promise<Seen> {
  switch (check.kind) {
    case 'http':
      return lookAtHttp(check, asking);
    case 'tls':
      return lookAtTls(check, asking);
    case 'tcp':
      return lookAtTcp(check, asking);
    case 'dns':
      return lookAtDns(check, asking);
    case 'sql':
      return lookAtSql(check, asking);
    case 'postgres':
      return lookAtPostgres(check, asking);
    case 'sqlite':
      return lookAtSqlite(check, asking);
    case 'redis':
      return lookAtRedis(check, asking);
    case 'migrations':
      return lookAtMigrations(check, asking);
    case 'disk':
      return lookAtDisk(check, asking);
    case 'file age':
      return lookAtFileAge(check, asking);
    case 'object age':
      return lookAtObjectAge(check, asking);
    case 'prometheus':
      return lookAtPrometheus(check, asking);
    case 'scrape':
      return lookAtScrape(check, asking);
    case 'log file':
      return lookAtLogFile(check, asking);
    case 'loki':
      return lookAtLoki(check, asking);
    case 'process':
      return lookAtProcess(check, asking);
    case 'parity':
      return lookAtParity(check, asking);
    case 'command':
      return lookAtCommand(check, asking);
    case 'environment':
      return lookAtEnvironment(check, asking);
    case 'heartbeat':
      return Promise.reject(new CouldNotTell('A heartbeat is not asked for; it comes'));
    case 'metric':
      return lookAtMetric(check, asking);
    case 'threshold':
      return Promise.reject(new CouldNotTell('A threshold is not asked for; it goes by the samples of its metric'));
    case 'not connected':
      return Promise.reject(new CouldNotTell(`Not connected: ${check.reason}`));
  }
}

/** A look that does not hear the signal is given up all the same. */
function orAborted<T>(looking: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    looking.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Kinds that ask somebody else about the thing: whose silence says nothing about it. */
const ASKS_ANOTHER: readonly (Check | Measurement)['kind'][] = ['prometheus', 'loki', 'parity', 'metric'];

function faultOf(error: unknown, check: Check | Measurement, signal: AbortSignal): Seen {
  if (signal.aborted) {
    const detail = `no answer within ${formatDuration(check.timeout)}`;
    return ASKS_ANOTHER.includes(check.kind) ? { answer: 'could-not-tell', detail, figures: {} } : failing(detail);
  }
  const seen = seenFault(error);
  // What has no figure is not failing for that: what is bad is for thresholds to say.
  if (seen !== null) return check.kind === 'metric' ? { ...seen, answer: 'could-not-tell' } : seen;
  // What it says may quote an address with its password; what it is called does not.
  const name = codeOf(error) || (error instanceof Error ? error.name : 'unknown');
  return { answer: 'could-not-tell', detail: `the look itself failed: ${name}`, figures: {} };
}

function answerOf(check: Check | Measurement, seen: Seen, took: number): CheckAnswer {
  const latencyMs = seen.answer === 'could-not-tell' ? null : Math.round(took * 10) / 10;
  const within = 'within' in check ? check.within : undefined;
  if (seen.answer !== 'ok' || within === undefined || latencyMs === null || latencyMs <= within) {
    return { ...seen, latencyMs };
  }
  return { ...seen, latencyMs, answer: 'failing', detail: `${seen.detail}, but took ${Math.round(latencyMs)} ms` };
}
