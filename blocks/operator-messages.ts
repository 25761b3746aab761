import type { Message } from '../src/domain/delivery.ts';
import { context, type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine } from './escape.ts';
import { when } from './words.ts';

type Of<Type extends Message['type']> = Extract<Message, { type: Type }>;

/** Something Slack refused for good, told to those who run Mainstay. */
export function undeliverable({ what, where, reason, reference }: Of<'undeliverable'>): Rendered {
  return {
    text: `Undeliverable: ${mrkdwnLine(what, 300)}`,
    blocks: [
      section(
        `:warning: Could not deliver ${bold(what, 500)} to ${mrkdwnLine(where, 300)}: ${mrkdwnLine(reason, 1000)}`,
      ),
      context(`Reference ${mrkdwnLine(reference, 100)}. Nothing behind it is held up; \`/ops queue\` shows it.`),
    ],
  };
}

/** The day's anchor of the log, published where the database cannot reach it. */
export function anchor({ root, heads, at }: Of<'anchor'>): Rendered {
  const chains = heads === 1 ? '1 chain' : `${heads} chains`;
  return {
    text: `Anchor of the event log: ${root}`,
    blocks: [
      section(`:anchor: Anchor of the event log, ${when(at)}\n\`${root}\``),
      context(`${chains} moved since the last anchor.`),
    ],
  };
}
