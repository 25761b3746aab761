import { tolerate } from './tolerate.ts';
import type { DeliveryTools, Kept, Taken } from './tools.ts';

/** Marks somebody's message with an emoji, or takes our mark back. Done already, or the message gone, is as good. */
export async function keepReact(promise: Taken<'react' | 'unreact'>, { slack }: DeliveryTools): Promise<Kept> {
  const { kind, channel, ts: timestamp, name } = promise.intent;
  const step =
    kind === 'react'
      ? () => slack.reactions.add({ channel, timestamp, name })
      : () => slack.reactions.remove({ channel, timestamp, name });
  const fine = ['already_reacted', 'no_reaction', 'message_not_found'];
  return { next: [], remark: await tolerate('The mark was not changed', step, fine) };
}
