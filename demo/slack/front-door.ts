/**
 * Sends the app what Slack would send, signed, to its one front door, and reads the acknowledgement as Slack does: three
 * seconds, then it is too late. Events are tried again as Slack's documentation says: at once, after a minute, after five.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { EncodedBody } from './sign.ts';
import { encodeCommand, encodeEvent, encodeInteraction, retryHeaders, signRequest } from './sign.ts';

const ACK_WITHIN_MS = 3000;
const RETRY_AFTER_MS = [0, 60_000, 300_000] as const;

/** How the app answered. `body` is its JSON or text, undefined for a bare 200. */
export type Ack =
  | { readonly ok: true; readonly body: unknown }
  /** Slack's own words for what went wrong, and the sentence for the terminal. */
  | { readonly ok: false; readonly error: 'operation_timeout' | 'dispatch_failed'; readonly detail: string };

export interface FrontDoor {
  command(fields: Readonly<Record<string, string>>): Promise<Ack>;
  interaction(payload: object): Promise<Ack>;
  /** Resolves when the event is acknowledged, given up or the demo stops. */
  event(envelope: object): Promise<void>;
  /** No further retries. */
  close(): void;
}

/**
 * @param url the app's base address; a function, because the app starts after Slack does
 * @param now milliseconds, for the signature's time
 * @param ackWithinMs three seconds, as Slack has it, unless a test cannot wait that long
 */
export function frontDoor(o: {
  url: () => string;
  signingSecret: string;
  now: () => number;
  ackWithinMs?: number;
}): FrontDoor {
  const { ackWithinMs = ACK_WITHIN_MS } = o;
  const closing = new AbortController();
  async function post(encoded: EncodedBody, extra: Readonly<Record<string, string>> = {}): Promise<Ack> {
    const timestamp = Math.floor(o.now() / 1000);
    const { body, headers } = signRequest(encoded, { secret: o.signingSecret, timestamp, extra });
    try {
      const response = await fetch(new URL('/slack/events', o.url()), {
        method: 'POST',
        body,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(ackWithinMs),
      });
      const text = await response.text();
      if (response.ok) return { ok: true, body: readBody(text, response.headers.get('content-type')) };
      // Bolt answers 404 after three seconds when nothing acknowledged: to Slack that is the same time-out.
      return failure('dispatch_failed', `The app answered ${response.status}.`);
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === 'TimeoutError')
        return failure('operation_timeout', `The app did not answer within ${ackWithinMs / 1000} seconds.`);
      return failure('dispatch_failed', `The app could not be reached: ${describe(cause)}.`);
    }
  }

  return {
    command: (fields) => post(encodeCommand(fields)),
    interaction: (payload) => post(encodeInteraction(payload)),
    async event(envelope) {
      const first = await post(encodeEvent(envelope));
      let reason = first.ok ? undefined : first;
      for (const [index, wait] of RETRY_AFTER_MS.entries()) {
        if (!reason || closing.signal.aborted) return;
        await delay(wait, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
        if (closing.signal.aborted) return;
        const why = reason.error === 'operation_timeout' ? 'http_timeout' : 'http_error';
        const again = await post(encodeEvent(envelope), retryHeaders((index + 1) as 1 | 2 | 3, why));
        reason = again.ok ? undefined : again;
      }
    },
    close: () => closing.abort(),
  };
}

const failure = (error: 'operation_timeout' | 'dispatch_failed', detail: string): Ack => ({ ok: false, error, detail });

function readBody(text: string, contentType: string | null): unknown {
  if (text === '') return undefined;
  return contentType?.includes('json') ? JSON.parse(text) : text;
}

function describe(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message : String(inner);
}
