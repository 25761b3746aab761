import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { eventKey } from '../request-key.ts';
import type { Reception } from './context.ts';

/** The one listener for events. What it throws leaves the event unanswered, so that Slack delivers it again. */
export function receiveEvents({ deps, index, count }: Reception) {
  return async ({ event, body, context }: SlackEventMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const listener = index.events.get(event.type);
    // What the bot does itself, such as a reaction of its own, is no news to it.
    if (listener === undefined || ('user' in event && event.user === context.botUserId)) return;
    const begun = performance.now();
    const seconds = () => (performance.now() - begun) / 1000;
    try {
      await listener.run({ requestKey: eventKey(body.event_id), event: { ...event } }, deps);
      count('event', 'done', seconds());
    } catch (error) {
      count('event', 'failed', seconds());
      throw error;
    }
  };
}
