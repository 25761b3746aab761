import type { FetchFunction, WebClient, WebClientOptions } from '@slack/web-api';
import type { Logger } from '../../usecases/log.ts';
import { boltLogger } from './bolt-logger.ts';
import { AccountedClient, type CallAccount } from './call-account.ts';

/** A call made while a person waits must be answered within this time, in milliseconds: a trigger lives 3 s. */
const CALL_TIMEOUT = 2_500;

export interface CallSettings {
  /** With a final slash, such as https://slack.com/api/. */
  readonly apiUrl: string;
  readonly log: Logger;
  /** Instead of the global one: a proxy, or a fault in a test. */
  readonly fetch?: FetchFunction;
  /** Hears of every call. */
  readonly account?: CallAccount;
}

/**
 * How calls are made while a person waits: one attempt, 2.5 s, a rate limit is an error at once. A fresh object at each
 * call, because Slack's clients change the one they are given.
 */
export function impatient({
  apiUrl,
  log,
  fetch = fetchInTime,
}: CallSettings): WebClientOptions & { fetch: FetchFunction } {
  return {
    slackApiUrl: apiUrl,
    timeout: CALL_TIMEOUT,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(log),
    fetch,
  };
}

/** A client for calls made while a person waits. */
export function impatientClient(botToken: string, settings: CallSettings): WebClient {
  return new AccountedClient(botToken, impatient(settings), settings.account);
}

/** Bolt answers through a response_url with whatever fetch it has, without a limit of its own. */
const fetchInTime: FetchFunction = (url, init) =>
  globalThis.fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(CALL_TIMEOUT) });
