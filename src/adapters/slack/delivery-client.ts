import { AsyncLocalStorage } from 'node:async_hooks';
import { type FetchFunction, WebAPIHTTPError, WebAPIRequestError, type WebClient } from '@slack/web-api';
import type { Logger } from '../../usecases/log.ts';
import { boltLogger } from './bolt-logger.ts';
import { AccountedClient, type CallAccount } from './call-account.ts';

/** Nobody waits for a delivery, and Slack is slow at times; in milliseconds. */
const CALL_TIMEOUT = 10_000;

/** In seconds. */
const UNSAID_WAIT = '5';

const held = new AsyncLocalStorage<AbortSignal>();

/** Runs `work` so that every call to Slack in it ends, and none begins, once `signal` is aborted. */
export function whileHeld<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return held.run(signal, work);
}

export interface DeliveryClientOptions {
  readonly botToken: string;
  /** With a final slash, such as https://slack.com/api/. */
  readonly apiUrl: string;
  readonly log: Logger;
  /** For one call, in milliseconds. */
  readonly timeout?: number;
  readonly fetch?: FetchFunction;
  /** Hears of every call. */
  readonly account?: CallAccount;
}

/** The client of the deliveries: one attempt a call, because the queue is what tries again, in order. */
export function deliveryClient(options: DeliveryClientOptions): WebClient {
  const { botToken, apiUrl, log, timeout = CALL_TIMEOUT, fetch = globalThis.fetch } = options;
  const settings = {
    slackApiUrl: apiUrl,
    timeout,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(log),
    fetch: whileStillHeld(fetch),
  };
  return new AccountedClient(botToken, settings, options.account);
}

/** Sends the bytes of a file to where Slack said. */
export type FileUpload = (url: string, bytes: Uint8Array) => Promise<void>;

/** The way a file takes, which is no method of the Web API; its errors are those of the client, so that they are read alike. */
export function fileUpload({
  timeout = CALL_TIMEOUT,
  fetch = globalThis.fetch,
}: Pick<DeliveryClientOptions, 'timeout' | 'fetch'> = {}): FileUpload {
  const send = whileStillHeld(fetch);
  return async (url, bytes) => {
    const body = new FormData();
    body.set('file', new Blob([new Uint8Array(bytes)]), 'file');
    const sent = send(url, { method: 'POST', body, signal: AbortSignal.timeout(timeout) });
    const answer = await sent.catch((error: Error) => {
      throw new WebAPIRequestError(error);
    });
    if (!answer.ok) throw new WebAPIHTTPError(answer.status, answer.statusText, {});
  };
}

/** A fetch that ends with the work it is for, and gives whole answers. */
function whileStillHeld(fetch: FetchFunction) {
  return async (...[url, init]: Parameters<FetchFunction>): Promise<Response> => {
    const signals = [held.getStore(), init?.signal].filter((signal) => signal !== undefined);
    for (const signal of signals) signal.throwIfAborted();
    return whole(await fetch(url, { ...init, signal: AbortSignal.any(signals) }));
  };
}

/**
 * The answer with its body read, so that a connection lost in the middle is an error of the request like any other. Slack
 * always says how long to wait; something on the way to it that says 429 may not.
 */
async function whole(answer: Awaited<ReturnType<FetchFunction>>): Promise<Response> {
  const headers = new Headers([...answer.headers.entries()]);
  if (answer.status === 429 && !(Number(headers.get('retry-after')) > 0)) headers.set('retry-after', UNSAID_WAIT);
  return new Response(await answer.arrayBuffer(), { status: answer.status, statusText: answer.statusText, headers });
}
