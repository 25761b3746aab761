import type { KnownBlock } from '@slack/types';
import type { Delivery } from '../src/domain/delivery.ts';
import { wordsFor } from './delivery-words.ts';
import { button, context, type Rendered, section } from './elements.ts';
import { mrkdwnLine } from './escape.ts';
import { when } from './words.ts';

/** The button that tries an undeliverable message again; its value is the number of the reference. */
export const RETRY_BUTTON = 'ops.retry';

/** One promise to Slack that is not kept yet. */
interface Unkept {
  readonly id: string;
  readonly intent: Delivery;
  readonly status: 'pending' | 'undeliverable';
  readonly attempts: number;
  readonly promisedAt: Date;
  readonly error: string | null;
}

/** What waits to be said in Slack and what could not be said, with a way to try again. */
export function queueMessage(state: {
  readonly counts: { readonly pending: number; readonly undeliverable: number };
  readonly first: readonly Unkept[];
}): Rendered {
  const { counts, first } = state;
  const text = headline(counts);
  const left = counts.pending + counts.undeliverable - first.length;
  const more: KnownBlock[] = left > 0 ? [context(`and ${left} more that wait`)] : [];
  return { text, blocks: [section(text), ...first.map(row), ...more] };
}

function headline({ pending, undeliverable }: { readonly pending: number; readonly undeliverable: number }): string {
  if (pending + undeliverable === 0) return ':white_check_mark: Everything that was to be said in Slack has been said.';
  return `:incoming_envelope: ${pending} waiting  ·  ${undeliverable} undeliverable`;
}

function row({ id, intent, status, attempts, promisedAt, error }: Unkept): KnownBlock {
  const { what, where } = wordsFor(intent);
  const state = status === 'undeliverable' ? ':warning: undeliverable' : pendingWords(attempts);
  const reason = error === null ? '' : `\n>${mrkdwnLine(error, 500)}`;
  const line = `\`D-${id}\` ${mrkdwnLine(what, 300)} → ${mrkdwnLine(where, 200)}`;
  const shown = section(`${line}\n${state}, promised ${when(promisedAt)}${reason}`);
  return status === 'undeliverable' ? { ...shown, accessory: button(RETRY_BUTTON, 'Try again', id) } : shown;
}

function pendingWords(attempts: number): string {
  if (attempts === 0) return 'waiting';
  return `:repeat: retrying, ${attempts === 1 ? '1 attempt' : `${attempts} attempts`} so far`;
}
