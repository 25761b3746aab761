import { z } from 'zod';
import { reveal } from '../../domain/spec/secret.ts';
import type { Matcher } from '../../domain/window/silence.ts';
import type { AlertmanagerAddress, Alertmanagers, Asked } from '../../usecases/silence-port.ts';

/** How long an answer may take unless told; ms. */
const PATIENCE = 10_000;

const silences = z.array(
  z.object({
    id: z.string(),
    status: z.object({ state: z.enum(['active', 'pending', 'expired']) }),
    matchers: z.array(
      z.object({ name: z.string(), value: z.string(), isRegex: z.boolean(), isEqual: z.boolean().default(true) }),
    ),
    startsAt: z.string(),
    endsAt: z.string(),
    createdBy: z.string(),
    comment: z.string(),
  }),
);
const words = z.record(z.string(), z.string());
const alerts = z.array(
  z.object({
    fingerprint: z.string(),
    labels: words,
    annotations: words,
    status: z.object({ silencedBy: z.array(z.string()), inhibitedBy: z.array(z.string()) }),
  }),
);
const opened = z.object({ silenceID: z.string() });
const status = z.object({ uptime: z.iso.datetime({ offset: true }) });

/**
 * Alertmanager over HTTP, as of 0.16, which brought version 2 of its API.
 *
 * @param patience how long an answer may take; ms
 */
export function alertmanagers(patience = PATIENCE): Alertmanagers {
  const ask = asking(patience);
  return {
    silences: async (at) =>
      over(await ask(at, 'GET', 'silences', silences), (all) =>
        all.map(({ status: { state }, ...silence }) => ({ ...silence, state })),
      ),
    put: async (at, { matchers, ...silence }) => {
      const body = { ...silence, matchers: matchers.map((matcher) => ({ isEqual: true, ...matcher })) };
      return over(await ask(at, 'POST', 'silences', opened, body), ({ silenceID }) => silenceID);
    },
    expire: async (at, id) =>
      over(await ask(at, 'DELETE', `silence/${encodeURIComponent(id)}`, z.unknown()), () => null),
    upSince: async (at) => over(await ask(at, 'GET', 'status', status), ({ uptime }) => new Date(uptime)),
    alerts: async (at, matchers) => {
      const filters = new URLSearchParams(matchers.map((matcher): [string, string] => ['filter', filterOf(matcher)]));
      return over(await ask(at, 'GET', `alerts?${filters}`, alerts), (all) =>
        all.map(({ status: { silencedBy, inhibitedBy }, ...alert }) => ({
          ...alert,
          silencedBy,
          inhibited: inhibitedBy.length > 0,
        })),
      );
    },
  };
}

function filterOf({ name, value, isRegex }: Matcher): string {
  const label = /^[a-zA-Z_:][\w:]*$/.test(name) ? name : quoted(name);
  return `${label}${isRegex ? '=~' : '='}${quoted(value)}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

function over<From, To>(asked: Asked<From>, change: (value: From) => To): Asked<To> {
  return asked.ok ? { ok: true, value: change(asked.value) } : asked;
}

const asking =
  (patience: number) =>
  async <Value>(
    at: AlertmanagerAddress,
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    shape: z.ZodType<Value>,
    body?: unknown,
  ): Promise<Asked<Value>> => {
    try {
      const { url, authorization } = addressOf(at, path);
      const answer = await fetch(url, {
        method,
        // Followed elsewhere a silence would be opened nowhere, and what lets us in would be told to somebody else.
        redirect: 'error',
        signal: AbortSignal.timeout(patience),
        headers: {
          accept: 'application/json',
          ...(authorization !== null && { authorization }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      // A silence that it has forgotten, for which 0.25 answers 500 and later ones 404, or that has ended, for which older ones answer 500,
      // is as good as one that is ended.
      const isGone =
        method === 'DELETE' && (answer.status === 404 || /silence (?:not found|\S+ already expired)/.test(text));
      if (!answer.ok && !isGone) return { ok: false, problem: problemOf(answer.status, text) };
      const read = shape.safeParse(readJson(text));
      return read.success
        ? { ok: true, value: read.data }
        : { ok: false, problem: 'it answered what Alertmanager would not' };
    } catch (error) {
      return { ok: false, problem: faultOf(error, patience), isAway: true };
    }
  };

function addressOf({ url: written, token }: AlertmanagerAddress, path: string) {
  const url = new URL(reveal(written));
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const basic = username === '' ? null : `Basic ${Buffer.from(user).toString('base64')}`;
  const base = url.href.replace(/\/+$/, '');
  return {
    url: `${base}/api/v2/${path}`,
    authorization: token === undefined ? basic : `Bearer ${reveal(token)}`,
  };
}

function readJson(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf(status: number, text: string): string {
  if (status === 401 || status === 403) return `it does not let Mainstay in (${status})`;
  const said = readJson(text);
  return `it answered ${status}${typeof said === 'string' ? `: ${said.slice(0, 150)}` : ''}`;
}

function faultOf(error: unknown, patience: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `it did not answer within ${patience / 1000} s`;
  if (error instanceof URIError) return 'its address cannot be read: in the user and password write % as %25';
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : null;
  const code = cause !== null && 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
  return `it cannot be reached${code}`;
}
