/**
 * The way from the tests' Slack to the app: signs, sends, measures, and holds the acknowledgement to account as the proxy holds
 * the Web API. Unlike the demo's door it does not deliver an event again by itself: a test says when Slack does.
 */
import type { Ack, FrontDoor } from '../../demo/slack/front-door.ts';
import type { EncodedBody, SignedRequest } from '../../demo/slack/sign.ts';
import { encodeCommand, encodeEvent, encodeInteraction, signRequest } from '../../demo/slack/sign.ts';
import { checkMessage, checkView } from './slack-limits.ts';
import { reportViolations } from './violations.ts';

type JsonObject = Record<string, unknown>;

/** One request to the app and what came back. */
export interface Exchange {
  readonly request: SignedRequest;
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number;
  /** JSON or text; undefined for an empty one. */
  readonly body: unknown;
  /** Milliseconds. */
  readonly took: number;
}

/** How requests are signed: with which secret, and how many seconds off the clock. */
export interface Signing {
  readonly secret: string;
  readonly skew: number;
}

export interface TestDoor extends FrontDoor {
  /** What was sent, oldest first. */
  readonly exchanges: Exchange[];
  /** Sends a request as it is. */
  post(request: SignedRequest): Promise<Exchange>;
}

const SLACK_WAITS_MS = 3000;
const TESTS_WAIT_MS = 10_000;

/** A door to the app at `url`, the base address. */
export function testDoor(url: () => string, signing: Signing): TestDoor {
  const exchanges: Exchange[] = [];

  async function post(request: SignedRequest): Promise<Exchange> {
    const start = performance.now();
    const answer = await send(url(), request);
    const exchange = { request, ...answer, took: performance.now() - start };
    exchanges.push(exchange);
    return exchange;
  }

  async function deliver(encoded: EncodedBody, faultsOf: (body: unknown) => string[]): Promise<Ack> {
    const timestamp = Math.floor(Date.now() / 1000) + signing.skew;
    const { status, body, took } = await post(signRequest(encoded, { secret: signing.secret, timestamp }));
    const ok = status >= 200 && status < 300;
    if (ok && body !== undefined) reportViolations(faultsOf(body));
    if (took > SLACK_WAITS_MS) return failed('operation_timeout', `The app took ${Math.round(took)} ms.`);
    return ok ? { ok, body } : failed('dispatch_failed', `The app answered ${status}.`);
  }

  return {
    exchanges,
    post,
    command: (fields) => deliver(encodeCommand(fields), (body) => commandFaults(fields['command'] ?? '', body)),
    interaction: (payload) =>
      deliver(encodeInteraction(payload), (body) => interactionFaults(payload as JsonObject, body)),
    event: async (envelope) => void (await deliver(encodeEvent(envelope), () => [])),
    close: () => {},
  };
}

const failed = (error: 'operation_timeout' | 'dispatch_failed', detail: string): Ack => ({ ok: false, error, detail });

async function send(url: string, { body, headers }: SignedRequest): Promise<{ status: number; body: unknown }> {
  try {
    const signal = AbortSignal.timeout(TESTS_WAIT_MS);
    const response = await fetch(new URL('/slack/events', url), {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal,
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: text === '' ? undefined : isJson ? JSON.parse(text) : text };
  } catch (cause) {
    // No answer is an answer here: the app may be down or hang on purpose. What it was is in the status.
    if (cause instanceof TypeError || (cause instanceof DOMException && cause.name === 'TimeoutError'))
      return { status: 0, body: undefined };
    throw cause;
  }
}

function commandFaults(command: string, body: unknown): string[] {
  const message = typeof body === 'string' ? { text: body } : (body as JsonObject);
  return checkMessage(message).map((fault) => `The acknowledgement of ${command} ${fault}`);
}

function interactionFaults(payload: JsonObject, body: unknown): string[] {
  const type = String(payload['type']);
  if (type === 'block_suggestion') return [];
  if (type !== 'view_submission')
    return [`Slack ignores what the acknowledgement of ${type} says: ${JSON.stringify(body)}`];
  const { response_action, view, errors } = body as JsonObject;
  if (response_action === 'clear') return [];
  if (response_action === 'errors') {
    const { blocks } = payload['view'] as { blocks: readonly JsonObject[] };
    const inputs = blocks.filter((block) => block['type'] === 'input').map((block) => block['block_id']);
    const lost = Object.keys(errors as JsonObject).filter((id) => !inputs.includes(id));
    return lost.map(
      (id) => `An error is given for "${id}", which is no input block of the view: Slack shows it nowhere`,
    );
  }
  if (response_action === 'update' || response_action === 'push')
    return checkView(view as JsonObject).map((fault) => `The view of response_action ${response_action} ${fault}`);
  return [`"${response_action}" is no response_action: use errors, update, push or clear`];
}
