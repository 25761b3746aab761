import { setTimeout as after } from 'node:timers/promises';
import type { SocketModeReceiver as Receiver } from '@slack/bolt';
import { SocketModeReceiver } from './bolt.ts';
import { boltLogger } from './bolt-logger.ts';
import type { Door, DoorState } from './door.ts';
import { SlackStartError } from './start-error.ts';
import type { CallSettings } from './web-client.ts';

/** The socket must be connected within this time after the start, in milliseconds. */
const PATIENCE = 20_000;
/** A socket that does not say goodbye is left after this time, in milliseconds. */
const GOODBYE_PATIENCE = 2_000;

/** The way in over a socket that we open (Socket Mode). It reconnects by itself once it was connected. */
export function socketDoor(appToken: string, { apiUrl, fetch, log }: CallSettings): Door {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: boltLogger(log),
    // A fresh object, which the client changes, and without retryConfig: with retries set to 0 a failed reconnect is an
    // unhandled rejection and the socket never comes back.
    installerOptions: { clientOptions: { slackApiUrl: apiUrl, ...(fetch && { fetch }) } },
    processEventErrorHandler: async ({ error }) => {
      log.warn({ err: error }, 'a payload of Slack was not processed');
      return false;
    },
  });
  let state: DoorState = 'connecting';
  let since = performance.now();
  const move = (to: DoorState) => {
    if (to !== state) since = performance.now();
    state = to;
  };
  const moves: readonly [event: string, to: DoorState][] = [
    ['connecting', 'connecting'],
    ['reconnecting', 'connecting'],
    ['connected', 'connected'],
    ['disconnected', 'disconnected'],
  ];
  for (const [event, to] of moves) {
    receiver.client.on(event, () => move(to));
  }
  receiver.client.on('close', () => {
    // Closed on purpose is `disconnected`, which was said before this.
    if (state === 'connected') move('connecting');
  });
  return {
    receiver,
    requestListener: null,
    state: () => state,
    stateFor: () => performance.now() - since,
    start: () => open(receiver),
    stop: () => Promise.race([receiver.client.disconnect(), after(GOODBYE_PATIENCE, undefined, { ref: false })]),
  };
}

/** Slack's client retries for ever what Slack may still accept, such as a token without its scope: the start does not wait for ever. */
async function open(receiver: Receiver): Promise<void> {
  const waiting = new AbortController();
  const tooLong = after(PATIENCE, undefined, { signal: waiting.signal }).then(() => {
    throw new Error(`no connection within ${PATIENCE / 1000} s`);
  });
  try {
    await Promise.race([receiver.start(), tooLong]);
  } catch (error) {
    await receiver.stop();
    throw new SlackStartError(
      'socket',
      `Socket Mode did not connect (${error instanceof Error ? error.message : String(error)}). ` +
        'SLACK_APP_TOKEN must be an app-level token (xapp-...) with the scope connections:write, from "Basic Information", ' +
        'and Socket Mode must be on for the app.',
      error,
    );
  } finally {
    waiting.abort();
    tooLong.catch(() => {});
  }
}
