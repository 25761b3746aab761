import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../usecases/ports.ts';
import { boltLogger } from './bolt-logger.ts';
import { type Door, type DoorState, httpDoor } from './door.ts';
import { DurableApp } from './durable-app.ts';
import { type BotIdentity, identify } from './identity.ts';
import { socketDoor } from './socket-door.ts';
import { type CallSettings, impatient, impatientClient } from './web-client.ts';

export interface SlackOptions extends CallSettings {
  readonly botToken: string;
  readonly wayIn: { kind: 'http'; signingSecret: string } | { kind: 'socket'; appToken: string };
  /** Scopes of the manifest; the start stops when the token lacks one. */
  readonly scopes: readonly string[];
  readonly clock: Clock;
}

/** Slack's way in and the bot behind it. */
export interface SlackConnection extends Pick<Door, 'requestListener' | 'start' | 'stop'> {
  /** Without listeners yet. */
  readonly app: App;
  readonly bot: BotIdentity;
  /** For calls made while a person waits: one attempt, 2.5 s, a rate limit is an error at once. */
  readonly client: WebClient;
  /** `stateForMs`: for how long it is in that state. */
  state(): { mode: 'http' | 'socket'; state: DoorState; stateForMs: number; lastEventAt: Date | null };
}

/** Checks the token and its scopes, then makes the Bolt app. Nothing comes in before `start`. @throws SlackStartError */
export async function connectSlack(options: SlackOptions): Promise<SlackConnection> {
  const { botToken, wayIn, log, clock } = options;
  const client = impatientClient(botToken, options);
  const bot = await identify(client, options.scopes, log);
  const door = wayIn.kind === 'http' ? httpDoor(wayIn.signingSecret, log) : socketDoor(wayIn.appToken, options);
  let lastEventAt: Date | null = null;
  const app = new DurableApp(
    {
      receiver: door.receiver,
      socketMode: wayIn.kind === 'socket',
      // Known from auth.test above: no request waits for it, and a bad token cannot end the process later.
      authorize: async () => ({ botToken, botId: bot.botId, botUserId: bot.userId, teamId: bot.teamId }),
      deferInitialization: true,
      // Each would look at every payload: nothing is kept per conversation, and the router ignores the bot's own events.
      convoStore: false,
      ignoreSelf: false,
      extendedErrorHandler: true,
      logger: boltLogger(log),
      clientOptions: impatient(options),
    },
    () => {
      lastEventAt = clock.now();
    },
  );
  await app.init();
  return {
    app,
    bot,
    client,
    requestListener: door.requestListener,
    state: () => ({ mode: wayIn.kind, state: door.state(), stateForMs: door.stateFor(), lastEventAt }),
    start: door.start,
    stop: door.stop,
  };
}
