import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';

/** What an error of a call to Slack means. `reason` is a sentence and never holds the token. */
export type SlackFault =
  /** Slack asked to wait; nothing was done. */
  | { readonly kind: 'rate-limited'; readonly seconds: number; readonly reason: string }
  /** Worth another try. `arrived` says whether Slack may have done what was asked. */
  | { readonly kind: 'transient'; readonly arrived: 'no' | 'maybe'; readonly reason: string }
  /** Trying again would change nothing. `code` is Slack's own word. */
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string };

/** A refusal that we know of without asking Slack. */
export class Undeliverable extends Error {
  readonly code: string;

  constructor(code: string, reason: string) {
    super(reason);
    this.name = 'Undeliverable';
    this.code = code;
  }
}

/** Slack's words for "not now"; with the second kind it says itself that part of the request may have been done. */
const BUSY = new Set(['ratelimited', 'rate_limited']);
const BROKEN = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** The connection was not made, so no request can have gone out on it. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Refused by something on the way to Slack, which may let it through later. */
const LATER_STATUS = new Set([403, 407, 408, 425]);

const SENTENCES: Readonly<Record<string, string>> = {
  account_inactive: "Slack refuses the bot's token: the app was removed from the workspace.",
  already_archived: 'The channel is archived.',
  cannot_dm_bot: 'Bots cannot be written to.',
  channel_not_found: 'There is no such channel, or the bot was taken out of it.',
  ekm_access_denied: 'The workspace has suspended writing.',
  invalid_auth: "Slack refuses the bot's token.",
  is_archived: 'The channel is archived.',
  // What chat.update says of a message in an archived channel.
  is_inactive: 'The channel is archived.',
  message_not_found: 'The message was deleted.',
  missing_scope: 'The bot lacks a scope for it: reinstall the app from manifest.yml.',
  not_authed: "Slack refuses the bot's token.",
  not_in_channel: 'The bot is not in the channel: invite it there.',
  restricted_action: 'The workspace does not let the bot do this there.',
  token_expired: "Slack refuses the bot's token: it has expired.",
  token_revoked: "Slack refuses the bot's token: it was revoked.",
  user_disabled: 'The account of this person is deactivated.',
  user_not_found: 'There is no such person in the workspace.',
};

/** Reads an error thrown by a call to Slack; null for an error that is not Slack's. */
export function slackFault(error: unknown): SlackFault | null {
  if (error instanceof Undeliverable) return { kind: 'refused', code: error.code, reason: error.message };
  if (error instanceof WebAPIRateLimitedError) {
    const seconds = Math.max(1, error.retryAfter);
    return { kind: 'rate-limited', seconds, reason: `Slack asked to wait ${seconds} s.` };
  }
  if (error instanceof WebAPIPlatformError) return platformFault(error.data.error);
  if (error instanceof WebAPIHTTPError) return httpFault(error.statusCode);
  if (error instanceof WebAPIRequestError) return requestFault(error.original);
  return null;
}

/** Slack's own word for a refusal; null when the error is anything else. */
export function refusalCode(error: unknown): string | null {
  const fault = slackFault(error);
  return fault?.kind === 'refused' ? fault.code : null;
}

function platformFault(word: string): SlackFault {
  const code = /^[\w.:-]{1,80}$/.test(word) ? word : null;
  if (code === null) return { kind: 'transient', arrived: 'maybe', reason: "Slack's answer could not be read." };
  if (BUSY.has(code)) return { kind: 'transient', arrived: 'no', reason: 'Slack asked to wait.' };
  if (BROKEN.has(code))
    return { kind: 'transient', arrived: 'maybe', reason: `Slack had a fault of its own (${code}).` };
  return { kind: 'refused', code, reason: SENTENCES[code] ?? `Slack refused it (${code}).` };
}

function httpFault(status: number): SlackFault {
  const reason = `Slack answered with HTTP ${status}.`;
  if (status >= 500) return { kind: 'transient', arrived: 'maybe', reason };
  if (LATER_STATUS.has(status)) return { kind: 'transient', arrived: 'no', reason };
  return { kind: 'refused', code: `http_${status}`, reason };
}

/** The original error is read for its code only: its text may hold addresses. */
function requestFault(original: Error): SlackFault {
  if (original.name === 'TimeoutError')
    return { kind: 'transient', arrived: 'maybe', reason: 'Slack did not answer in time.' };
  const code = networkCode(original);
  const arrived = code !== undefined && NOT_CONNECTED.has(code) ? 'no' : 'maybe';
  const word = code === undefined ? '' : ` (${code})`;
  const reason = arrived === 'no' ? `Slack could not be reached${word}.` : `The connection to Slack was lost${word}.`;
  return { kind: 'transient', arrived, reason };
}

function networkCode(error: Error): string | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return undefined;
}
