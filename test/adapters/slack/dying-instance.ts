/**
 * An instance of Mainstay that delivers and kills itself, as `kill -9` would, at one of its calls to Slack: before the request
 * is sent, or after Slack answered and before anybody heard of the answer. Its argument is what to do, as JSON.
 */
import { pino } from 'pino';
import { incidentSpec } from '../../support/incident-spec.ts';
import { startDelivering } from './delivering.ts';

export interface Death {
  readonly url: string;
  readonly apiUrl: string;
  readonly token: string;
  readonly bot: string;
  /** Counted from 1. */
  readonly atCall: number;
  readonly when: 'before' | 'after';
}

const { atCall, when, ...options } = JSON.parse(process.argv[2] ?? '{}') as Death;
let calls = 0;

await startDelivering({
  ...options,
  spec: incidentSpec,
  log: pino({ level: 'silent' }),
  clock: { now: () => new Date() },
  parallel: 1,
  fetch: async (url, init) => {
    calls += 1;
    const isLast = calls === atCall;
    if (isLast && when === 'before') process.kill(process.pid, 'SIGKILL');
    const answer = await fetch(url, init);
    if (isLast) process.kill(process.pid, 'SIGKILL');
    return answer;
  },
});
