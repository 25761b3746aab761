import type { Logger } from '../usecases/log.ts';
import { type HeartbeatDeps, sendHeartbeat } from '../usecases/own/heartbeat.ts';
import type { Chore } from './chores.ts';

export interface HeartbeatOptions extends Omit<HeartbeatDeps, 'send'> {
  send(signal: AbortSignal): ReturnType<HeartbeatDeps['send']>;
  /** Hears what came of each. */
  count(outcome: 'heard' | 'unheard' | 'held'): void;
  readonly log: Logger;
}

/**
 * One heartbeat a minute. Nobody waits for it - whoever listens may be slow - and none begins while one is under way. The log
 * says when it changes, not each time.
 */
export function heartbeat(options: HeartbeatOptions): { readonly chore: Chore; stop(): Promise<void> } {
  const { own, send, count, log } = options;
  const stopping = new AbortController();
  let underWay: Promise<void> | null = null;
  let last = 'heard';

  const beat = async () => {
    const sent = await sendHeartbeat({ own, send: () => send(stopping.signal) });
    if (stopping.signal.aborted) return;
    count(sent.kind);
    const changed = sent.kind !== last;
    last = sent.kind;
    if (!changed) return;
    if (sent.kind === 'heard') log.info({}, 'the heartbeat is heard again');
    else if (sent.kind === 'unheard') log.warn({ reason: sent.reason }, 'the heartbeat is not heard');
    else log.warn({ part: sent.by.name, reason: sent.by.reason }, 'no heartbeat: this instance does not work');
  };

  return {
    chore: {
      name: 'heartbeat',
      run: async () => {
        underWay ??= beat()
          .catch((err: unknown) => log.error({ err }, 'a heartbeat failed for a fault of our own'))
          .finally(() => {
            underWay = null;
          });
      },
    },
    stop: async () => {
      stopping.abort();
      await underWay;
    },
  };
}
