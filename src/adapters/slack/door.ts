import type { RequestListener } from 'node:http';
import type * as Bolt from '@slack/bolt';
import type { Logger } from '../../usecases/log.ts';
import { HTTPReceiver } from './bolt.ts';
import { boltLogger } from './bolt-logger.ts';

/** `listening` is HTTP mode's only state; the others are the socket's. */
export type DoorState = 'listening' | 'connecting' | 'connected' | 'disconnected';

/** How payloads of Slack come in: posted to us, or over a socket that we open. */
export interface Door {
  readonly receiver: Bolt.HTTPReceiver | Bolt.SocketModeReceiver;
  /** What `POST /slack/events` goes to; null in Socket Mode. */
  readonly requestListener: RequestListener | null;
  state(): DoorState;
  /** For how long it is in that state, in milliseconds. */
  stateFor(): number;
  /** Opens the socket; nothing to do in HTTP mode. @throws SlackStartError */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The way in over HTTP. What was not worked on is answered 503, so that Slack delivers an event again. */
export function httpDoor(signingSecret: string, log: Logger): Door {
  const receiver = new HTTPReceiver({
    signingSecret,
    logger: boltLogger(log),
    processEventErrorHandler: async ({ error, response }) => {
      log.warn({ err: error }, 'a payload of Slack was not processed');
      if (!response.headersSent) response.writeHead(503).end();
      return false;
    },
    unhandledRequestHandler: ({ response }) => {
      if (response.headersSent) return;
      log.warn({}, 'a payload of Slack was not answered within 3 seconds');
      response.writeHead(503).end();
    },
  });
  const opened = performance.now();
  return {
    receiver,
    requestListener: receiver.requestListener,
    state: () => 'listening',
    stateFor: () => performance.now() - opened,
    start: async () => {},
    stop: async () => {},
  };
}
