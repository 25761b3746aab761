/**
 * How Slack signs and encodes what it sends to an app. Used by the demo workspace and by the tests' driver, both of which
 * stand where Slack stands; the app's own verification is Bolt's, so neither side checks itself with its own code.
 * Source of the rule: docs.slack.dev/authentication/verifying-requests-from-slack.
 */
import { createHmac } from 'node:crypto';

/** A request body in the encoding Slack uses for its kind of payload. */
export interface EncodedBody {
  readonly body: string;
  readonly contentType: 'application/x-www-form-urlencoded' | 'application/json';
}

/** A body with the headers that go with it, ready to be POSTed to `/slack/events`. */
export interface SignedRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A slash command: its fields as a form. */
export function encodeCommand(fields: Readonly<Record<string, string>>): EncodedBody {
  return { body: new URLSearchParams(fields).toString(), contentType: 'application/x-www-form-urlencoded' };
}

/** An interaction (button, view, shortcut, options): one form field `payload` holding JSON. */
export function encodeInteraction(payload: object): EncodedBody {
  return encodeCommand({ payload: JSON.stringify(payload) });
}

/** An Events API envelope: plain JSON. */
export function encodeEvent(envelope: object): EncodedBody {
  return { body: JSON.stringify(envelope), contentType: 'application/json' };
}

/** Slack's `v0` signature of a raw body. `timestamp` is in whole seconds since 1970. */
function slackSignature(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** Signs a body as Slack does. `timestamp` is in whole seconds since 1970; `extra` adds headers such as those of a retry. */
export function signRequest(
  encoded: EncodedBody,
  { secret, timestamp, extra = {} }: { secret: string; timestamp: number; extra?: Readonly<Record<string, string>> },
): SignedRequest {
  return {
    body: encoded.body,
    headers: {
      'content-type': encoded.contentType,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': slackSignature(secret, timestamp, encoded.body),
      ...extra,
    },
  };
}

/** The headers Slack adds when it delivers an event again; `attempt` is 1 to 3. */
export function retryHeaders(attempt: 1 | 2 | 3, reason: string): Record<string, string> {
  return { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason };
}
