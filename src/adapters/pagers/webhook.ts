import { createHmac } from 'node:crypto';
import { pageSubject } from '../../domain/event.ts';
import type { Severity } from '../../domain/incident/severity.ts';
import { reveal } from '../../domain/spec/secret.ts';
import type { PagingWebhook } from '../../domain/spec/types.ts';
import type { PageMessage, Sent } from '../../usecases/page-port.ts';

/** For one call, in milliseconds. */
const TIMEOUT = 10_000;

/** The words of PagerDuty's Events API v2, which others take too. */
const RECEIVERS_WORD: Record<Severity, 'critical' | 'error' | 'warning' | 'info'> = {
  SEV1: 'critical',
  SEV2: 'error',
  SEV3: 'warning',
  SEV4: 'info',
};

/** Answers after which trying again may help, beside those of 500 and above. */
const LATER = new Set([408, 425, 429]);

/**
 * Tells a receiver of a page: POST of JSON in the shape of PagerDuty's Events API v2. Every call has the page's `dedup_key` and a
 * key of its own (`Idempotency-Key`), the same when it is repeated. With a secret the body is signed:
 * `X-Mainstay-Signature: sha256=<HMAC-SHA256 of "<timestamp>.<body>" in hex>`, the timestamp in `X-Mainstay-Timestamp` in seconds.
 *
 * @param timeout for the whole call, in milliseconds
 */
export async function postPage(
  message: PageMessage,
  { url, secret, routingKey }: PagingWebhook,
  over: AbortSignal,
  timeout: number = TIMEOUT,
): Promise<Sent> {
  const body = JSON.stringify(bodyOf(message, routingKey?.reveal()));
  const signature = secret === undefined ? {} : signed(body, secret.reveal());
  try {
    const { address, authorization } = addressed(reveal(url));
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': message.key, ...authorization, ...signature },
      body,
      // A redirect would be followed with the signature, to wherever it says.
      redirect: 'manual',
      signal: AbortSignal.any([over, AbortSignal.timeout(timeout)]),
    });
    await answer.body?.cancel();
    return read(answer.status);
  } catch (error) {
    return { outcome: 'not-now', detail: faultOf(error, timeout) };
  }
}

/** `fetch` takes no address with a user and a password: they go where HTTP has them. */
function addressed(url: string): { readonly address: URL; readonly authorization: Record<string, string> } {
  const address = new URL(url);
  const { username, password } = address;
  if (username === '' && password === '') return { address, authorization: {} };
  address.username = '';
  address.password = '';
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { address, authorization: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } };
}

function read(status: number): Sent {
  if (status >= 200 && status < 300) return { outcome: 'sent' };
  const detail = `The receiver answered with HTTP ${status}.`;
  return status >= 500 || LATER.has(status) ? { outcome: 'not-now', detail } : { outcome: 'refused', detail };
}

function bodyOf({ action, page, contact, at }: PageMessage, routingKey: string | undefined) {
  const { title, detail, urgency, team, dedup, number } = page;
  return {
    ...(routingKey === undefined ? {} : { routing_key: routingKey }),
    event_action: action,
    dedup_key: dedup,
    client: 'Mainstay',
    payload: {
      summary: `[${pageSubject(number)}] ${title}`.slice(0, 1024),
      source: `mainstay/${team}`,
      severity: urgency === null ? 'critical' : RECEIVERS_WORD[urgency],
      timestamp: at,
      component: team,
      class: urgency ?? 'page',
      custom_details: { page: pageSubject(number), detail, team, calling: contact?.name ?? null },
    },
  };
}

function signed(body: string, secret: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const hmac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-mainstay-timestamp': timestamp, 'x-mainstay-signature': `sha256=${hmac}` };
}

/** The error is read for its code only: its text may hold the address, and the address is a secret. */
function faultOf(error: unknown, timeout: number): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `The receiver did not answer within ${timeout / 1000} s.`;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return `The receiver could not be reached (${cause.code}).`;
  }
  return 'The receiver could not be reached.';
}
