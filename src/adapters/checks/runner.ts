import { formatDuration } from '../../domain/spec/duration.ts';
import type { Target } from '../../domain/spec/target.ts';
import type { Check } from '../../domain/spec/watching.ts';
import type { CheckAnswer, RunCheck } from '../../usecases/check-port.ts';
import { lookAtEnvironment } from './environment.ts';
import { codeOf, seenFault } from './fault-words.ts';
import { lookAtHttp } from './http.ts';
import { type Asking, addressOf, CouldNotTell, failing, type Seen } from './look.ts';
import { lookAtSql } from './sql.ts';
import { lookAtTcp } from './tcp.ts';

interface Surroundings {
  /** Those of the spec in force, asked at every look. */
  targets(): Readonly<Record<string, Target>>;
  /** Mainstay's own environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Looks at a check of any kind, over a connection of its own. */
export function createCheckRunner({ targets, env }: Surroundings): RunCheck {
  return async (check, signal) => {
    const asking = { signal, env, address: (target: string) => addressOf(targets(), target) };
    const begun = performance.now();
    const seen = await orAborted(lookAt(check, asking), signal).catch((error) => faultOf(error, check, signal));
    const latencyMs = performance.now() - begun;
    return answerOf(check, seen, latencyMs);
  };
}

function lookAt(check: Check, asking: Asking): Promise<Seen> {
  switch (check.kind) {
    case 'http':
      return lookAtHttp(check, asking);
    case 'sql':
      return lookAtSql(check, asking);
    case 'tcp':
      return lookAtTcp(check, asking);
    case 'environment':
      return lookAtEnvironment(check, asking);
    case 'heartbeat':
      return Promise.reject(new CouldNotTell('A heartbeat is not asked for; it comes'));
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

function faultOf(error: unknown, check: Check, signal: AbortSignal): Seen {
  if (signal.aborted) return failing(`no answer within ${formatDuration(check.timeout)}`);
  const seen = seenFault(error);
  if (seen !== null) return seen;
  // What it says may quote an address with its password; what it is called does not.
  const name = codeOf(error) || (error instanceof Error ? error.name : 'unknown');
  return { answer: 'could-not-tell', detail: `the look itself failed: ${name}`, figures: {} };
}

function answerOf(check: Check, seen: Seen, took: number): CheckAnswer {
  const latencyMs = seen.answer === 'could-not-tell' ? null : Math.round(took * 10) / 10;
  const within = 'within' in check ? check.within : undefined;
  if (seen.answer !== 'ok' || within === undefined || latencyMs === null || latencyMs <= within) {
    return { ...seen, latencyMs };
  }
  return { ...seen, latencyMs, answer: 'failing', detail: `${seen.detail}, but took ${Math.round(latencyMs)} ms` };
}
