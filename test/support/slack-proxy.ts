/**
 * Stands between the app and `emulate`. It records every Web API call, holds each to account (known, granted, within limits),
 * lets Slack misbehave on purpose, and refuses what Slack refuses and `emulate` does not. It also receives what the app sends
 * to a response_url.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiAnswer } from '../../demo/slack/emulator.ts';
import type { Fault, FaultPlan } from './slack-faults.ts';
import { faultPlan } from './slack-faults.ts';
import { checkArguments, checkMessage, checkView } from './slack-limits.ts';
import { reportViolations } from './violations.ts';
import { checkCall, SLACK } from './web-api-account.ts';

type JsonObject = Record<string, unknown>;

/** One call the app made, in the order of arrival. */
export interface RecordedCall {
  readonly method: string;
  /** As Slack reads them: blocks, views and metadata parsed, everything else a string. */
  readonly args: JsonObject;
  readonly fault?: Fault;
  /** Whether it took effect in Slack. */
  delivered: boolean;
  /** What the app was told; absent while it waits, and when it was told nothing. */
  answer?: ApiAnswer;
}

/** What the app sent to a response_url, and what it was told. */
export interface RecordedResponse {
  readonly url: string;
  readonly payload: JsonObject;
  readonly status: number;
}

export interface SlackProxy {
  readonly url: string;
  readonly calls: RecordedCall[];
  readonly responses: RecordedResponse[];
  readonly faults: FaultPlan;
  close(): Promise<void>;
}

/** The Slack behind the proxy. */
export interface Upstream {
  readonly scopes: readonly string[];
  /** Takes the request as the app sent it. */
  fetch(request: Request): Promise<Response>;
  /** The error with which Slack refuses a call that `emulate` would accept, if it does. */
  refusal(method: string, args: JsonObject): string | undefined;
  /** What Slack says where `emulate` says something else. */
  corrected(method: string, answer: ApiAnswer): ApiAnswer;
  /** Takes a POST to a response_url by its last segment. */
  respond(ticket: string, body: string): Promise<{ status: number; body: string }>;
}

/** `emulate` answers 403 from a token's 5,000th call in an hour on, and a restart of it is the only cure. */
const CALLS_PER_TOKEN = 4900;
const JSON_ARGUMENTS = ['blocks', 'attachments', 'metadata', 'view', 'files', 'unfurls'];

/** Starts a proxy on a free port of the loopback address. `upstream` is asked for once it is needed: it wants the proxy's address. */
export async function startSlackProxy(upstream: () => Upstream): Promise<SlackProxy> {
  const calls: RecordedCall[] = [];
  const responses: RecordedResponse[] = [];
  const faults = faultPlan();
  const callsOf = new Map<string, number>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = new URL(request.url ?? '/', 'http://slack').pathname;
    if (path.startsWith('/response/')) return receive(path, body.toString(), response);
    const method = path.startsWith('/api/') ? path.slice('/api/'.length) : undefined;
    if (!method) return relay(await upstream().fetch(asRequest(request, body)), response);

    const args = argumentsOf(request, body);
    const fault = faults.take(method, args);
    const call: RecordedCall = { method, args, delivered: false, ...(fault ? { fault } : {}) };
    calls.push(call);
    hold(method, args, upstream().scopes);

    if (fault && !('delivered' in fault && fault.delivered)) return misbehave(fault, call, response);
    const answer = await ask(method, args, request, body);
    call.delivered = answer.ok;
    if (fault) return misbehave(fault, call, response);
    call.answer = answer;
    tell(response, 200, answer, method);
  }

  async function ask(method: string, args: JsonObject, request: IncomingMessage, body: Buffer): Promise<ApiAnswer> {
    const token = request.headers.authorization ?? '';
    const count = (callsOf.get(token) ?? 0) + 1;
    callsOf.set(token, count);
    if (count > CALLS_PER_TOKEN) {
      reportViolations([
        `${method}: this Slack has taken ${CALLS_PER_TOKEN} calls and its emulator refuses soon; start another`,
      ]);
      return { ok: false, error: 'fatal_error' };
    }
    const error = upstream().refusal(method, args);
    if (error) return { ok: false, error };
    const answered = await upstream().fetch(asRequest(request, body));
    const answer = (await answered.json()) as ApiAnswer;
    return upstream().corrected(method, answer);
  }

  function tell(response: ServerResponse, status: number, answer: object, method: string): void {
    const needed = SLACK.methods[method]?.scopes ?? [];
    response
      .writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        'x-oauth-scopes': upstream().scopes.join(','),
        ...(needed.length > 0 ? { 'x-accepted-oauth-scopes': needed.join(',') } : {}),
      })
      .end(JSON.stringify(answer));
  }

  function misbehave(fault: Fault, call: RecordedCall, response: ServerResponse): void {
    if ('hang' in fault) return;
    if ('reset' in fault) response.socket?.resetAndDestroy();
    else if ('error' in fault) {
      call.answer = { ok: false, error: fault.error };
      tell(response, 200, call.answer, call.method);
    } else if ('rateLimited' in fault) response.writeHead(429, { 'retry-after': String(fault.rateLimited) }).end();
    else response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<h1>Server Error</h1>');
  }

  async function receive(path: string, body: string, response: ServerResponse): Promise<void> {
    const payload = JSON.parse(body) as JsonObject;
    reportViolations(checkMessage(payload).map((fault) => `response_url ${fault}`));
    const answered = await upstream().respond(path.slice('/response/'.length), body);
    responses.push({ url: `${url}${path}`, payload, status: answered.status });
    response.writeHead(answered.status).end(answered.body);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((cause: unknown) => {
      reportViolations([
        `The Slack of the tests failed at ${request.url}: ${cause instanceof Error ? cause.stack : cause}`,
      ]);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url, calls, responses, faults },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Notes what of a call Slack would not accept. */
function hold(method: string, args: JsonObject, scopes: readonly string[]): void {
  const faults = [
    ...checkCall(method, args, scopes),
    ...checkArguments(method, args).map((fault) => `${method} ${fault}`),
  ];
  if (/^chat\.(postMessage|postEphemeral|update|scheduleMessage)$/.test(method))
    faults.push(...checkMessage(args).map((fault) => `${method} ${fault}`));
  const { view } = args;
  if (method.startsWith('views.') && typeof view === 'object' && view !== null)
    faults.push(...checkView(view as JsonObject).map((fault) => `${method} ${fault}`));
  reportViolations(faults);
}

function argumentsOf(request: IncomingMessage, body: Buffer): JsonObject {
  const text = body.toString();
  if (request.headers['content-type']?.includes('application/json')) return JSON.parse(text || '{}') as JsonObject;
  const fields = [...new URLSearchParams(text)].map(([name, value]): [string, unknown] =>
    JSON_ARGUMENTS.includes(name) && value !== '' ? [name, JSON.parse(value)] : [name, value],
  );
  return Object.fromEntries(fields);
}

function asRequest({ url = '/', method = 'GET', headers }: IncomingMessage, body: Buffer): Request {
  const kept = ['authorization', 'content-type'].flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as [string, string]] : [];
  });
  return new Request(new URL(url, 'http://127.0.0.1'), {
    method,
    headers: kept,
    ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
  });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function relay(from: Response, to: ServerResponse): Promise<void> {
  to.writeHead(from.status, Object.fromEntries(from.headers)).end(Buffer.from(await from.arrayBuffer()));
}
