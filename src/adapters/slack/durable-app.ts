import type { AppOptions, ReceiverEvent } from '@slack/bolt';
import { App } from './bolt.ts';

/**
 * Bolt answers an event of the Events API before anybody has worked on it, so a crash or a database that is away would lose
 * it. Here the answer waits for the work: if that fails, Slack gets none and delivers the event again (at once, after 1 and after
 * 5 minutes), and its id makes the second delivery harmless.
 */
export class DurableApp extends App {
  readonly #received: () => void;

  constructor(options: AppOptions, received: () => void) {
    super(options);
    this.#received = received;
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    this.#received();
    if (event.body['event'] === undefined) return super.processEvent(event);
    await super.processEvent({ ...event, ack: async () => {} });
    await event.ack();
  }
}
